package io.flowforge.observability.systemtests;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How an exercise went.
 *
 * @param name its name
 * @param expected the alerts that were expected, empty for a calm one
 * @param got the alerts that came
 * @param severity how bad they are
 * @param to whom was told
 * @param slack time until the last of the alerts was in Slack
 * @param email time until the last of the alerts had come by email
 * @param allClear time until the all-clear had arrived everywhere
 * @param wrong what went wrong
 * @param messages the first message about each alert, by each way
 */
record Row(String name, String expected, String got, String severity, String to, @Nullable Duration slack,
		@Nullable Duration email, @Nullable Duration allClear, List<String> wrong, List<Message> messages) {

	Row {
		wrong = List.copyOf(wrong);
		messages = List.copyOf(messages);
	}

	static String seconds(@Nullable Duration time) {
		return (time != null) ? "%.1f".formatted(time.toMillis() / 1000.0) : "–";
	}

}
