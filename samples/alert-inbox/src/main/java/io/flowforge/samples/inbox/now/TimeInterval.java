package io.flowforge.samples.inbox.now;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

/**
 * When routes are muted or active. Each list holds alternatives, and an empty one allows
 * everything.
 *
 * @param times minutes of the day; the end is not part of it
 * @param weekdays days of the week, from Sunday, which is 0
 * @param daysOfMonth days from 1, or from the end of the month: -1 is the last
 * @param months months from 1
 * @param years years
 * @param zone where the clock hangs
 * @see <a href=
 * "https://prometheus.io/docs/alerting/latest/configuration/#time_interval-0">Alertmanager
 * on time intervals</a>
 */
record TimeInterval(List<Range> times, List<Range> weekdays, List<Range> daysOfMonth, List<Range> months,
		List<Range> years, ZoneId zone) {

	/**
	 * Read an element of {@code time_intervals}.
	 * @param yaml the mapping, in which every scalar is a string
	 * @return the interval
	 * @throws IllegalArgumentException if it is something else
	 */
	static TimeInterval of(Map<?, ?> yaml) {
		List<Range> times = Yaml.list(yaml.get("times"))
			.stream()
			.map(Yaml::map)
			.map((time) -> new Range(minute(time.get("start_time")), minute(time.get("end_time")) - 1))
			.toList();
		try {
			return new TimeInterval(times, ranges(yaml.get("weekdays"), TimeInterval::weekday),
					ranges(yaml.get("days_of_month"), Integer::parseInt),
					ranges(yaml.get("months"), TimeInterval::month), ranges(yaml.get("years"), Integer::parseInt),
					(yaml.get("location") instanceof String location) ? zone(location) : ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	boolean contains(Instant instant) {
		ZonedDateTime time = instant.atZone(this.zone);
		return isIn(this.times, time.getHour() * 60 + time.getMinute())
				&& isIn(this.weekdays, time.getDayOfWeek().getValue() % 7) && isIn(this.months, time.getMonthValue())
				&& isIn(this.years, time.getYear()) && isDayOfMonth(time);
	}

	private boolean isDayOfMonth(ZonedDateTime time) {
		int length = time.toLocalDate().lengthOfMonth();
		return this.daysOfMonth.isEmpty() || this.daysOfMonth.stream()
			.map((range) -> new Range(fromStart(range.first(), length), fromStart(range.last(), length)))
			.anyMatch((range) -> range.contains(time.getDayOfMonth()));
	}

	private static int fromStart(int day, int length) {
		return (day < 0) ? length + 1 + day : day;
	}

	private static boolean isIn(List<Range> ranges, int value) {
		return ranges.isEmpty() || ranges.stream().anyMatch((range) -> range.contains(value));
	}

	private static List<Range> ranges(@Nullable Object yaml, ToIntFunction<String> value) {
		return Yaml.list(yaml).stream().map(String::valueOf).map((text) -> {
			String[] ends = text.strip().toLowerCase(Locale.ROOT).split(":", 2);
			return new Range(value.applyAsInt(ends[0]), value.applyAsInt(ends[ends.length - 1]));
		}).toList();
	}

	private static int minute(@Nullable Object time) {
		String[] parts = String.valueOf(time).split(":", 2);
		if (parts.length < 2) {
			throw new IllegalArgumentException("Not a time of day: " + time);
		}
		return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
	}

	private static int weekday(String name) {
		return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT)).getValue() % 7;
	}

	private static int month(String nameOrNumber) {
		return nameOrNumber.matches("\\d+") ? Integer.parseInt(nameOrNumber)
				: Month.valueOf(nameOrNumber.toUpperCase(Locale.ROOT)).getValue();
	}

	private static ZoneId zone(String location) {
		return location.equals("Local") ? ZoneId.systemDefault() : ZoneId.of(location);
	}

	/**
	 * From one number to another.
	 *
	 * @param first the first number
	 * @param last the last number
	 */
	record Range(int first, int last) {

		boolean contains(int value) {
			return this.first <= value && value <= this.last;
		}

	}

}
