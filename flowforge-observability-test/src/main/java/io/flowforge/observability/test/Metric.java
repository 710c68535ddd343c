package io.flowforge.observability.test;

import java.util.Map;
import java.util.TreeMap;

/**
 * One series of a scrape.
 *
 * @param name the name in Prometheus, such as {@code http_server_requests_seconds_count}
 * @param tags its labels
 * @param value its value
 */
record Metric(String name, Map<String, String> tags, double value) {

	@Override
	public String toString() {
		return this.name + new TreeMap<>(this.tags) + " " + this.value;
	}

}
