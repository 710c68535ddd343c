package io.flowforge.drill.scenario;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.flowforge.drill.message.Alert;
import io.flowforge.launcher.Http;
import tools.jackson.databind.JsonNode;

/**
 * An alert that fired, according to Prometheus.
 *
 * @param labels its labels
 * @param times when it was seen to fire
 */
record FiringAlert(Map<String, String> labels, List<Instant> times) {

	private static final Duration STEP = Duration.ofMillis(500);

	/**
	 * The alerts that fired in a period.
	 * @param prometheus the address of Prometheus
	 * @param from the beginning
	 * @param to the end
	 * @return alerts
	 */
	static List<FiringAlert> between(URI prometheus, Instant from, Instant to) {
		String path = "/api/v1/query_range?query=%s&start=%s&end=%s&step=%dms"
			.formatted(Http.encoded("ALERTS{alertstate=\"firing\"}"), from, to, STEP.toMillis());
		return Http.json(prometheus.resolve(path)).at("/data/result").valueStream().map(FiringAlert::of).toList();
	}

	private static FiringAlert of(JsonNode series) {
		Map<String, String> labels = new TreeMap<>();
		series.path("metric")
			.propertyStream()
			.forEach((label) -> labels.put(label.getKey(), label.getValue().asString("")));
		return new FiringAlert(labels,
				series.path("values")
					.valueStream()
					.map((value) -> Instant.ofEpochMilli(Math.round(value.path(0).doubleValue() * 1000)))
					.toList());
	}

	String label(String name) {
		return this.labels.getOrDefault(name, "");
	}

	boolean isWatchdog() {
		return label("alertname").equals(Alert.WATCHDOG.label());
	}

	String shortName() {
		return label("alertname").replace("FlowForge", "");
	}

	@Override
	public String toString() {
		return label("alertname") + " of " + label("application") + label("component") + label("instance");
	}

}
