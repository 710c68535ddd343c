package io.flowforge.observability.export.statistics;

import java.util.function.ToDoubleFunction;

import io.flowforge.observability.MetricNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts spans and log records by what became of them, and says how many wait.
 */
final class ExportMetrics implements MeterBinder {

	private final ExportStatistics statistics;

	ExportMetrics(ExportStatistics statistics) {
		this.statistics = statistics;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Signal signal : Signal.values()) {
			counter(registry, signal, "exported", (statistics) -> statistics.exported(signal));
			counter(registry, signal, "failed", (statistics) -> statistics.failed(signal));
			counter(registry, signal, "dropped", (statistics) -> statistics.dropped(signal));
			if (this.statistics.capacity(signal) > 0) {
				gauges(registry, signal);
			}
		}
	}

	private void counter(MeterRegistry registry, Signal signal, String result,
			ToDoubleFunction<ExportStatistics> count) {
		FunctionCounter.builder(MetricNames.TELEMETRY_ITEMS, this.statistics, count)
			.description("Spans and log records, by result.")
			.tag("signal", signal.tag())
			.tag("result", result)
			.register(registry);
	}

	private void gauges(MeterRegistry registry, Signal signal) {
		Gauge.builder(MetricNames.TELEMETRY_QUEUE_SIZE, this.statistics, (statistics) -> statistics.queued(signal))
			.description("Spans and log records that wait.")
			.tag("signal", signal.tag())
			.register(registry);
		Gauge
			.builder(MetricNames.TELEMETRY_QUEUE_CAPACITY, this.statistics, (statistics) -> statistics.capacity(signal))
			.description("Spans and log records that can wait.")
			.tag("signal", signal.tag())
			.register(registry);
	}

}
