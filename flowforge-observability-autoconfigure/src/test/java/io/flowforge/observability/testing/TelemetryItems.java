package io.flowforge.observability.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a service's spans or log records, as the service itself says in
 * {@code flowforge_telemetry_items_total}.
 *
 * @param exported those that were accepted
 * @param failed those that were not
 * @param dropped those that found the queue full
 */
public record TelemetryItems(long exported, long failed, long dropped) {

	/**
	 * Read them.
	 * @param scrape the metrics of the service as plain text
	 * @param signal {@code traces} or {@code logs}
	 * @return the items
	 */
	public static TelemetryItems of(String scrape, String signal) {
		return new TelemetryItems(value(scrape, signal, "exported"), value(scrape, signal, "failed"),
				value(scrape, signal, "dropped"));
	}

	/**
	 * Those that are waiting or under way. To be read from
	 * {@code flowforge_telemetry_queue_size} where a service has it; until then, it is
	 * what is missing.
	 * @param produced all that the service has made
	 * @return their number
	 */
	public long queued(long produced) {
		return produced - this.exported - this.failed - this.dropped;
	}

	private static long value(String scrape, String signal, String result) {
		Matcher matcher = Pattern
			.compile("flowforge_telemetry_items_total\\{result=\"%s\",signal=\"%s\"} (\\S+)".formatted(result, signal))
			.matcher(scrape);
		if (!matcher.find()) {
			throw new IllegalStateException("No items of %s that are %s".formatted(signal, result));
		}
		return (long) Double.parseDouble(matcher.group(1));
	}

}
