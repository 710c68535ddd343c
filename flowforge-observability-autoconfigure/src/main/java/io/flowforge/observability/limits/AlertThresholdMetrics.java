package io.flowforge.observability.limits;

import io.flowforge.observability.MetricNames;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * One gauge for each limit, and one for the objective. Values, not labels: a changed
 * limit must not be a new alert.
 */
final class AlertThresholdMetrics implements MeterBinder {

	private final AlertsProperties alerts;

	AlertThresholdMetrics(AlertsProperties alerts) {
		this.alerts = alerts;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		register(registry, "error_ratio", this.alerts.getErrorRatio());
		register(registry, "latency_p99_seconds", this.alerts.getLatencyP99().toNanos() / 1e9);
		register(registry, "min_request_rate", this.alerts.getMinRequestRate());
		Double objective = this.alerts.getSloObjective();
		if (objective != null) {
			Gauge.builder(MetricNames.SLO_OBJECTIVE, () -> objective)
				.description("The share of requests that must not fail over 30 days.")
				.register(registry);
		}
	}

	private static void register(MeterRegistry registry, String alert, double threshold) {
		Gauge.builder(MetricNames.ALERT_THRESHOLD, () -> threshold)
			.description("The limit of this service that an alerting rule compares against.")
			.tag("alert", alert)
			.register(registry);
	}

}
