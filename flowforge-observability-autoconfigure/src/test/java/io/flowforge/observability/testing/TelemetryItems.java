package io.flowforge.observability.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a service's spans or log records, as the service itself says in
 * {@code flowforge_telemetry_items_total} and {@code flowforge_telemetry_queue_size}.
 *
 * @param exported those that were accepted
 * @param failed those that were not
 * @param dropped those that found no room
 * @param queued those that are waiting or under way
 */
public record TelemetryItems(long exported, long failed, long dropped, long queued) {

	/**
	 * Read them.
	 * @param scrape the metrics of the service as plain text
	 * @param signal {@code traces} or {@code logs}
	 * @return the items
	 */
	public static TelemetryItems of(String scrape, String signal) {
		return new TelemetryItems(count(scrape, signal, "exported"), count(scrape, signal, "failed"),
				count(scrape, signal, "dropped"),
				value(scrape, "flowforge_telemetry_queue_size\\{signal=\"%s\"}".formatted(signal)));
	}

	/**
	 * All that the service has made, if nothing is missing.
	 * @return their number
	 */
	public long sum() {
		return this.exported + this.failed + this.dropped + this.queued;
	}

	private static long count(String scrape, String signal, String result) {
		return value(scrape,
				"flowforge_telemetry_items_total\\{result=\"%s\",signal=\"%s\"}".formatted(result, signal));
	}

	private static long value(String scrape, String series) {
		Matcher matcher = Pattern.compile(series + " (\\S+)").matcher(scrape);
		if (!matcher.find()) {
			throw new IllegalStateException("No series " + series);
		}
		return (long) Double.parseDouble(matcher.group(1));
	}

}
