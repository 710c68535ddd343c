package io.flowforge.samples.inbox.now;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * The alerts of Prometheus, and why scrapes fail.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>
 */
@Component
class Prometheus {

	private final BackendClient client;

	private final BackendProperties properties;

	Prometheus(BackendClient client, BackendProperties properties) {
		this.client = client;
		this.properties = properties;
	}

	/**
	 * Return the alerts that are pending or firing.
	 * @return the alerts, each with the time for which its rule waits
	 */
	List<RuleAlert> alerts() {
		return get("/api/v1/rules?type=alert").path("groups")
			.valueStream()
			.flatMap((group) -> group.path("rules").valueStream())
			.flatMap((rule) -> rule.path("alerts").valueStream().map((alert) -> alert(rule, alert)))
			.toList();
	}

	private static RuleAlert alert(JsonNode rule, JsonNode alert) {
		Duration waits = Duration.ofMillis(Math.round(rule.path("duration").asDouble(0) * 1000));
		return new RuleAlert(Json.strings(alert.path("labels")), Json.strings(alert.path("annotations")),
				alert.path("state").asString("").equals("pending"), Json.instant(alert.path("activeAt")), waits);
	}

	/**
	 * Return the targets that cannot be scraped.
	 * @return the targets with the reason
	 */
	List<FailedScrape> failedScrapes() {
		return get("/api/v1/targets?state=active").path("activeTargets")
			.valueStream()
			.filter((target) -> target.path("health").asString("").equals("down"))
			.map((target) -> new FailedScrape(Json.strings(target.path("labels")),
					target.path("scrapeUrl").asString(""), target.path("lastError").asString("")))
			.toList();
	}

	private JsonNode get(String path) {
		return this.client.get("Prometheus", this.properties.prometheusUrl(), path).path("data");
	}

	/**
	 * An alert that Prometheus has made from a rule.
	 *
	 * @param labels its labels
	 * @param annotations its annotations
	 * @param pending whether its rule still waits
	 * @param activeAt when its condition became true
	 * @param waits how long its condition must be true before it fires
	 */
	record RuleAlert(Map<String, String> labels, Map<String, String> annotations, boolean pending, Instant activeAt,
			Duration waits) {

		Instant firesAt() {
			return this.activeAt.plus(this.waits);
		}

	}

	/**
	 * A target that cannot be scraped.
	 *
	 * @param labels labels of the target
	 * @param url what was scraped
	 * @param error the reason in Prometheus' words
	 */
	record FailedScrape(Map<String, String> labels, String url, String error) {

	}

}
