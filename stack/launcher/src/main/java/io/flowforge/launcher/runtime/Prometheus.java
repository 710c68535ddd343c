package io.flowforge.launcher.runtime;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.flowforge.launcher.Http;
import tools.jackson.databind.JsonNode;

/**
 * What Prometheus knows, by its HTTP API.
 */
public final class Prometheus {

	private static final String SERVICES = "services";

	private static final String WATCHDOG = "Watchdog";

	private final URI address;

	public Prometheus(URI address) {
		this.address = address;
	}

	/**
	 * Evaluate an expression.
	 * @param expression in PromQL
	 * @return the elements of the result
	 */
	public List<Sample> query(String expression) {
		return api("query?query=" + Http.encoded(expression)).path("result")
			.valueStream()
			.map((element) -> new Sample(strings(element.path("metric")),
					Double.parseDouble(element.path("value").path(1).asString("NaN"))))
			.toList();
	}

	/**
	 * The services that are scraped, instance by instance.
	 * @return targets
	 */
	public List<Target> targets() {
		return api("targets?state=active").path("activeTargets")
			.valueStream()
			.filter((target) -> target.path("labels").path("job").asString("").equals(SERVICES))
			.map((target) -> new Target(strings(target.path("labels")), target.path("scrapeUrl").asString(""),
					target.path("health").asString(""), target.path("lastError").asString(""),
					OffsetDateTime.parse(target.path("lastScrape").asString()).toInstant()))
			.toList();
	}

	/**
	 * Targets of one service.
	 * @param environment its environment
	 * @param application its name
	 * @return its targets
	 */
	public Stream<Target> targets(String environment, String application) {
		return targets().stream()
			.filter((target) -> target.label("environment").equals(environment)
					&& target.label("application").equals(application));
	}

	/**
	 * The alerts that fire.
	 * @return labels of each
	 */
	public List<Map<String, String>> firing() {
		return api("alerts").path("alerts")
			.valueStream()
			.filter((alert) -> alert.path("state").asString("").equals("firing"))
			.map((alert) -> strings(alert.path("labels")))
			.filter((labels) -> !WATCHDOG.equals(labels.get("alertname")))
			.toList();
	}

	/**
	 * The alerts that are pending or firing.
	 * @return alerts, without the watchdog
	 */
	public List<ActiveAlert> activeAlerts() {
		return api("rules?type=alert").path("groups")
			.valueStream()
			.flatMap((group) -> group.path("rules").valueStream())
			.filter((rule) -> !rule.path("name").asString("").equals(WATCHDOG))
			.flatMap(Prometheus::activeAlerts)
			.toList();
	}

	private static Stream<ActiveAlert> activeAlerts(JsonNode rule) {
		Duration duration = Duration.ofMillis(Math.round(rule.path("duration").asDouble(0) * 1000));
		return rule.path("alerts")
			.valueStream()
			.map((alert) -> new ActiveAlert(strings(alert.path("labels")), strings(alert.path("annotations")),
					alert.path("state").asString("").equals("firing"),
					OffsetDateTime.parse(alert.path("activeAt").asString("")).toInstant().plus(duration)));
	}

	private JsonNode api(String path) {
		return Http.json(this.address.resolve("/api/v1/" + path)).path("data");
	}

	private static Map<String, String> strings(JsonNode object) {
		Map<String, String> strings = new TreeMap<>();
		object.propertyStream().forEach((entry) -> strings.put(entry.getKey(), entry.getValue().asString("")));
		return strings;
	}

	/**
	 * An element of a result.
	 *
	 * @param labels its labels
	 * @param value its value
	 */
	public record Sample(Map<String, String> labels, double value) {

		public String label(String name) {
			return this.labels.getOrDefault(name, "");
		}

	}

	/**
	 * An alert that is pending or firing.
	 *
	 * @param labels its labels
	 * @param annotations its annotations
	 * @param firing whether it fires
	 * @param firesAt when it begins to fire, unless it is over before
	 */
	public record ActiveAlert(Map<String, String> labels, Map<String, String> annotations, boolean firing,
			Instant firesAt) {

		public String name() {
			return label("alertname");
		}

		public String label(String name) {
			return this.labels.getOrDefault(name, "");
		}

	}

	/**
	 * An instance of a service.
	 *
	 * @param labels its labels
	 * @param scrapeUrl where its metrics are
	 * @param health {@code up}, {@code down}, or {@code unknown} before the first scrape
	 * @param lastError why the last scrape failed; empty if it did not
	 * @param lastScrape when it was last scraped; long ago if it never was
	 */
	public record Target(Map<String, String> labels, String scrapeUrl, String health, String lastError,
			Instant lastScrape) {

		private static final String REQUEST = "^Get \"[^\"]*\": ";

		private static final String CONNECTION = "^dial tcp \\S+: connect: ";

		public String label(String name) {
			return this.labels.getOrDefault(name, "");
		}

		public boolean isUp() {
			return this.health.equals("up");
		}

		/**
		 * Why the target is down.
		 * @return what Prometheus says, without the address, if the last scrape failed
		 */
		public Optional<String> error() {
			return Optional.of(this.lastError.replaceFirst(REQUEST, "").replaceFirst(CONNECTION, ""))
				.filter((error) -> !error.isEmpty());
		}

	}

}
