package io.flowforge.launcher.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One entry of a {@code time_intervals} of Alertmanager: a moment is in it if it is in
 * one range of each kind that the entry has.
 *
 * @param zone whose clock and calendar counts
 * @param minutes ranges of minutes of the day, the last minute not included
 * @param weekdays ranges of days of the week, Sunday being 0
 * @param daysOfMonth ranges of days of the month; negative ones count from its end
 * @param months ranges of months
 * @param years ranges of years
 */
record TimeInterval(ZoneId zone, List<Range> minutes, List<Range> weekdays, List<Range> daysOfMonth, List<Range> months,
		List<Range> years) {

	/**
	 * Read an entry.
	 * @param node the entry
	 * @return the interval
	 * @throws StackException if something in it cannot be read
	 */
	static TimeInterval of(Node node) {
		try {
			return new TimeInterval(zone(YamlText.text(node, "location")),
					YamlText.items(YamlText.get(node, "times")).stream().map(TimeInterval::times).toList(),
					ranges(node, "weekdays", TimeInterval::weekday), ranges(node, "days_of_month", Integer::parseInt),
					ranges(node, "months", TimeInterval::month), ranges(node, "years", Integer::parseInt));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw new StackException("alertmanager/alertmanager.yml, line %d: this time interval cannot be read: %s."
				.formatted(YamlText.line(node), ex.getMessage()), ex);
		}
	}

	private static ZoneId zone(@Nullable String location) {
		if (location == null || location.isEmpty()) {
			return ZoneOffset.UTC;
		}
		return location.equals("Local") ? ZoneId.systemDefault() : ZoneId.of(location);
	}

	private static Range times(Node node) {
		return new Range(minute(YamlText.text(node, "start_time")), minute(YamlText.text(node, "end_time")) - 1);
	}

	private static int minute(@Nullable String time) {
		if (time == null || !time.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
			throw new IllegalArgumentException(time + " is not a time such as '08:00'");
		}
		return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
	}

	private static int weekday(String name) {
		return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT)).getValue() % 7;
	}

	private static int month(String name) {
		return name.matches("[0-9]+") ? Integer.parseInt(name)
				: Month.valueOf(name.toUpperCase(Locale.ROOT)).getValue();
	}

	private static List<Range> ranges(Node node, String key, ToIntFunction<String> number) {
		return YamlText.texts(YamlText.get(node, key)).stream().map((range) -> {
			String[] ends = range.split(":", 2);
			return new Range(number.applyAsInt(ends[0].strip()), number.applyAsInt(ends[ends.length - 1].strip()));
		}).toList();
	}

	/**
	 * Whether a moment is in the interval.
	 * @param moment the moment
	 * @return whether it is
	 */
	boolean contains(Instant moment) {
		ZonedDateTime time = moment.atZone(this.zone);
		int lastDay = time.toLocalDate().lengthOfMonth();
		return isIn(this.minutes, time.getHour() * 60 + time.getMinute())
				&& isIn(this.weekdays, time.getDayOfWeek().getValue() % 7)
				&& isIn(this.daysOfMonth.stream().map((range) -> range.inMonth(lastDay)).toList(), time.getDayOfMonth())
				&& isIn(this.months, time.getMonthValue()) && isIn(this.years, time.getYear());
	}

	private static boolean isIn(List<Range> ranges, int number) {
		return ranges.isEmpty() || ranges.stream().anyMatch((range) -> range.first <= number && number <= range.last);
	}

	/**
	 * Whole numbers.
	 *
	 * @param first the first
	 * @param last the last
	 */
	record Range(int first, int last) {

		private Range inMonth(int lastDay) {
			return new Range(inMonth(this.first, lastDay), inMonth(this.last, lastDay));
		}

		private static int inMonth(int day, int lastDay) {
			return (day < 0) ? lastDay + day + 1 : day;
		}

	}

}
