package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A copy of the repository in which messages about environments without users are muted
 * whenever a test runs.
 */
final class MutedRepository {

	private static final Pattern INTERVALS = Pattern
		.compile("(?s)(  - name: outside-working-hours\\R    time_intervals:\\R).*?(?=\\Rinhibit_rules:)");

	private MutedRepository() {
	}

	static void muteAtAllTimes(Path copy) {
		mute(copy, "times: [{start_time: '00:00', end_time: '24:00'}]");
	}

	/**
	 * Mute today and the two days after it.
	 * @param copy the copy of the repository
	 * @return when that ends, as the launcher shows it, which is the same after midnight
	 */
	static String muteForDays(Path copy) {
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		mute(copy,
				"weekdays: [%s]".formatted(LongStream.range(0, 3)
					.mapToObj((days) -> name(today.plusDays(days).getDayOfWeek()).toLowerCase(Locale.ROOT))
					.collect(Collectors.joining(", "))));
		return name(today.plusDays(3).getDayOfWeek()) + " 00:00 UTC";
	}

	private static String name(DayOfWeek day) {
		return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
	}

	private static void mute(Path copy, String interval) {
		Path file = copy.resolve("alertmanager/alertmanager.yml");
		try {
			Matcher intervals = INTERVALS.matcher(Files.readString(file));
			assertThat(intervals.find()).isTrue();
			Files.writeString(file,
					intervals.replaceFirst("$1" + Matcher.quoteReplacement("      - " + interval) + "\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
