package io.flowforge.samples.inbox.now;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * The alerts, silences and routes of Alertmanager: of the first of a cluster that
 * answers.
 *
 * @see <a href=
 * "https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml">API v2</a>
 */
@Component
class Alertmanager {

	private static final String NAME = "Alertmanager";

	/** Who has made a silence that comes from this page. */
	private static final String CREATED_BY = "alert-inbox";

	private final BackendClient client;

	private final BackendProperties properties;

	private final InstantSource clock;

	/** The one that answered last: the next question starts there. */
	private volatile int preferred;

	Alertmanager(BackendClient client, BackendProperties properties, InstantSource clock) {
		this.client = client;
		this.properties = properties;
		this.clock = clock;
	}

	List<RoutedAlert> alerts() {
		return firstThatAnswers((address) -> this.client.get(NAME, address, "/api/v2/alerts")).valueStream()
			.map((alert) -> new RoutedAlert(alert.path("fingerprint").asString(""), Json.strings(alert.path("labels")),
					Json.strings(alert.path("annotations")), Json.instant(alert.path("startsAt")),
					Json.list(alert.path("status").path("silencedBy")),
					Json.list(alert.path("status").path("inhibitedBy")),
					Json.list(alert.path("status").path("mutedBy"))))
			.toList();
	}

	List<Silence> activeSilences() {
		return firstThatAnswers((address) -> this.client.get(NAME, address, "/api/v2/silences")).valueStream()
			.filter((silence) -> silence.path("status").path("state").asString("").equals("active"))
			.map((silence) -> new Silence(silence.path("id").asString(""), matchers(silence.path("matchers")),
					silence.path("createdBy").asString(""), silence.path("comment").asString(""),
					Json.instant(silence.path("endsAt"))))
			.toList();
	}

	private static String matchers(JsonNode matchers) {
		return matchers.valueStream().map((matcher) -> {
			boolean equal = matcher.path("isEqual").asBoolean(true);
			boolean regex = matcher.path("isRegex").asBoolean(false);
			String operator = (equal ? "=" : "!") + (regex ? "~" : (equal ? "" : "="));
			return matcher.path("name").asString("") + operator + "\"" + matcher.path("value").asString("") + "\"";
		}).collect(Collectors.joining(", "));
	}

	/**
	 * Return the routes' mute times.
	 * @return the mute times, or {@code null} if the configuration cannot be read
	 */
	@Nullable MuteTimes muteTimes() {
		JsonNode status = firstThatAnswers((address) -> this.client.get(NAME, address, "/api/v2/status"));
		try {
			return new MuteTimes(status.path("config").path("original").asString(""));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Create a silence.
	 * @param request which alerts, for how long and why
	 * @return id of the silence
	 */
	String silence(SilenceRequest request) {
		Instant now = this.clock.instant();
		List<Map<String, Object>> matchers = Stream
			.of(Map.entry("alertname", request.alertname()), Map.entry("environment", request.environment()),
					Map.entry("application", request.application()), Map.entry("cluster", request.cluster()))
			// An alert about the monitoring has neither environment nor application, and
			// most stacks have no cluster.
			.filter((label) -> !label.getValue().isEmpty())
			.map((label) -> Map.<String, Object>of("name", label.getKey(), "value", label.getValue(), "isRegex", false,
					"isEqual", true))
			.toList();
		Map<String, Object> silence = Map.of("matchers", matchers, "startsAt", now.toString(), "endsAt",
				now.plus(request.duration()).toString(), "createdBy", CREATED_BY, "comment", request.comment());
		return firstThatAnswers((address) -> this.client.post(NAME, address, "/api/v2/silences", silence))
			.path("silenceID")
			.asString("");
	}

	void unsilence(String id) {
		firstThatAnswers((address) -> this.client.delete(NAME, address, "/api/v2/silence/" + id));
	}

	private JsonNode firstThatAnswers(Function<URI, JsonNode> question) {
		List<URI> addresses = this.properties.alertmanagerUrls();
		BackendException failure = null;
		for (int i = 0; i < addresses.size(); i++) {
			int index = (this.preferred + i) % addresses.size();
			try {
				JsonNode answer = question.apply(addresses.get(index));
				this.preferred = index;
				return answer;
			}
			catch (BackendClient.RefusedException ex) {
				throw ex;
			}
			catch (BackendException ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		throw Objects.requireNonNullElseGet(failure, () -> new BackendException("No Alertmanager is configured."));
	}

	/**
	 * An alert that Alertmanager knows of.
	 *
	 * @param fingerprint identifies it
	 * @param labels its labels
	 * @param annotations its annotations
	 * @param startsAt when it fired
	 * @param silencedBy ids of silences
	 * @param inhibitedBy fingerprints of alerts
	 * @param mutedBy names of time intervals; always empty before Alertmanager 0.28
	 */
	record RoutedAlert(String fingerprint, Map<String, String> labels, Map<String, String> annotations,
			Instant startsAt, List<String> silencedBy, List<String> inhibitedBy, List<String> mutedBy) {

	}

	/**
	 * A silence.
	 *
	 * @param id identifies it
	 * @param matchers the alerts it is for
	 * @param createdBy who made it
	 * @param comment why
	 * @param endsAt until when
	 */
	record Silence(String id, String matchers, String createdBy, String comment, Instant endsAt) {

	}

}
