package io.flowforge.observability.limits;

import io.flowforge.observability.MetricNames;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * One gauge for each limit, and one for each objective. Values, not labels: a changed
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
		registerObjective(registry, "errors", this.alerts.getSloObjective());
		registerObjective(registry, "latency", this.alerts.getLatencySloObjective());
	}

	private static void registerObjective(MeterRegistry registry, String objective, @Nullable Double share) {
		if (share != null) {
			Gauge.builder(MetricNames.SLO_OBJECTIVE, () -> share)
				.description("Share of requests that must not be bad, over 30 days.")
				.tag("objective", objective)
				.register(registry);
		}
	}

	private static void register(MeterRegistry registry, String alert, double threshold) {
		Gauge.builder(MetricNames.ALERT_THRESHOLD, () -> threshold)
			.description("Limit that an alerting rule compares with.")
			.tag("alert", alert)
			.register(registry);
	}

}
