package io.flowforge.observability.benchmarks.dashboards;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.flowforge.observability.benchmarks.history.RecordedSeries;
import io.flowforge.observability.benchmarks.history.RecordedSeries.Values;

/**
 * What Prometheus knows of a fleet of services, as far as dashboards ask for it: names,
 * labels and intervals of the recording rules in {@code prometheus-rules} and of the
 * targets' own metrics.
 * <p>
 * Each service has some requests and few failures; once a day, at an hour of its own, its
 * error alert waits for five minutes and fires for half an hour.
 */
final class ServicesHistory {

	private static final Duration EVALUATION = Duration.ofSeconds(15);

	private static final Duration LIMITS = Duration.ofMinutes(2);

	private static final Duration HISTORY = Duration.ofMinutes(10);

	// Of what is only shown as it is now.
	private static final Duration NOW = Duration.ofHours(6);

	private static final long DAY = 86_400;

	private final List<RecordedSeries> series = new ArrayList<>();

	private final int instances;

	private final Instant since;

	private final Instant until;

	ServicesHistory(int services, int instances, Instant since, Instant until) {
		this.instances = instances;
		this.since = since;
		this.until = until;
		for (int service = 0; service < services; service++) {
			addService(service);
		}
	}

	List<RecordedSeries> series() {
		return this.series;
	}

	private void addService(int service) {
		String labels = "application=\"service-%d\",environment=\"prod\"".formatted(service);
		String owner = "slack_channel=\"#team-%1$d\",team=\"team-%1$d\"".formatted(service % 30);
		Random random = new Random(service);
		double load = 1 + random.nextInt(100);
		Values failing = (time) -> failing(service, time) ? 0.05 + random.nextDouble() / 10 : Double.NaN;
		add("flowforge:service_owner", labels + "," + owner, EVALUATION, Values.always(1));
		add("flowforge:http_requests:rate5m", labels, EVALUATION, (time) -> load * (0.8 + 0.4 * random.nextDouble()));
		add("flowforge:http_error_ratio:rate5m", labels, EVALUATION, (time) -> {
			double ratio = failing.at(time);
			return Double.isNaN(ratio) ? random.nextDouble() / 100 : ratio;
		});
		add("flowforge:http_p99_seconds:rate5m", labels, EVALUATION, (time) -> 0.1 + random.nextDouble());
		addNow("flowforge:http_slow_ratio:rate5m", labels, (time) -> random.nextDouble() / 200);
		addNow("flowforge:service_with_exact_latency", labels, Values.always(1));
		addLimits(labels);
		addAlert(service, labels + "," + owner);
		addSevenDays(labels);
		for (int instance = 0; instance < this.instances; instance++) {
			addInstance(labels + ",instance=\"10.0.%d.%d:8080\",job=\"services\"".formatted(service, instance), load);
		}
	}

	private void addLimits(String labels) {
		addLimit(labels, "error_ratio", 0.05);
		addLimit(labels, "latency_p99_seconds", 2);
		addLimit(labels, "min_request_rate", 0.05);
		addLimit(labels, "slo_objective", 0.995);
		addLimit(labels, "latency_slo_objective", 0.99);
	}

	private void addLimit(String labels, String alert, double value) {
		add("flowforge:alert_threshold", labels + ",alert=\"%s\"".formatted(alert), LIMITS, Values.always(value));
	}

	private void addAlert(int service, String labels) {
		String alert = labels + ",alertname=\"FlowForgeHighErrorRatio\",category=\"errors\",severity=\"critical\"";
		add("ALERTS", alert + ",alertstate=\"pending\"", EVALUATION,
				(time) -> (failing(service, time) && !failing(service, time - 300)) ? 1 : Double.NaN);
		add("ALERTS", alert + ",alertstate=\"firing\"", EVALUATION,
				(time) -> (failing(service, time) && failing(service, time - 300)) ? 1 : Double.NaN);
	}

	private static boolean failing(int service, long time) {
		return Math.floorMod(time - 288L * service, DAY) < 2_100;
	}

	private void addSevenDays(String labels) {
		String rule = "flowforge:alert_at_todays_limit_seconds:sum7d";
		for (String alert : List.of("FlowForgeHighErrorRatio", "FlowForgeHighLatencyP99", "FlowForgeErrorBudgetBurn")) {
			add(rule, labels + ",alertname=\"%s\"".formatted(alert), HISTORY, Values.always(12_600));
		}
		for (String alert : List.of("FlowForgeHealthCheckFailing", "FlowForgeServiceDown", "FlowForgeInstanceDown",
				"FlowForgeServiceVanished", "FlowForgeTelemetryLost")) {
			add("flowforge:alert_firing_seconds:sum7d", labels + ",alertname=\"%s\"".formatted(alert), HISTORY,
					Values.always(600));
		}
	}

	private void addInstance(String labels, double load) {
		Random random = new Random(labels.hashCode());
		addNow("up", labels, Values.always(1));
		for (String component : List.of("db", "diskSpace", "ping", "ssl", "liveness", "readiness")) {
			addNow("flowforge_health_up", labels + ",component=\"%s\"".formatted(component), Values.always(1));
		}
	}

	private void add(String name, String labels, Duration interval, Values values) {
		this.series.add(new RecordedSeries("%s{%s}".formatted(name, labels), interval, this.since, values));
	}

	private void addNow(String name, String labels, Values values) {
		this.series
			.add(new RecordedSeries("%s{%s}".formatted(name, labels), EVALUATION, this.until.minus(NOW), values));
	}

}
