package io.flowforge.drill.scenario;

import java.time.Duration;
import java.util.List;

import io.flowforge.drill.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario went.
 *
 * @param name its name
 * @param expected the alerts that were expected, empty for a calm scenario
 * @param got the alerts that fired
 * @param severity their severity
 * @param to who got the messages
 * @param slack time until the last of the alerts was in Slack
 * @param email time until the last of the alerts had come by email
 * @param allClear time until the all-clear had arrived everywhere
 * @param wrong what went wrong
 * @param messages the first message about each alert in each channel
 */
public record ReportRow(String name, String expected, String got, String severity, String to, @Nullable Duration slack,
		@Nullable Duration email, @Nullable Duration allClear, List<String> wrong, List<Message> messages) {

	public ReportRow {
		wrong = List.copyOf(wrong);
		messages = List.copyOf(messages);
	}

	/**
	 * The row of a scenario that was not run.
	 * @param name its name
	 * @param reason why
	 * @return the row
	 */
	static ReportRow notRun(String name, String reason) {
		return new ReportRow(name, "", "", "", "", null, null, null, List.of(reason), List.of());
	}

	public static String seconds(@Nullable Duration time) {
		return (time != null) ? "%.1f".formatted(time.toMillis() / 1000.0) : "–";
	}

}
