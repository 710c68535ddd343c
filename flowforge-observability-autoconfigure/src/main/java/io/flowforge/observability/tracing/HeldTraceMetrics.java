package io.flowforge.observability.tracing;

import io.flowforge.observability.service.MetricNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts the traces that were kept and those that were given up.
 */
final class HeldTraceMetrics implements MeterBinder {

	private final HeldTraces traces;

	HeldTraceMetrics(HeldTraces traces) {
		this.traces = traces;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(MetricNames.TRACES_KEPT, this.traces, HeldTraces::keptCount)
			.description("Traces that were not sampled, and kept because their request failed or was slow.")
			.register(registry);
		FunctionCounter.builder(MetricNames.TRACES_EVICTED, this.traces, HeldTraces::evictedForSpaceCount)
			.description("Traces given up before it was known how their request ends, by what had run out.")
			.tag("reason", "space")
			.register(registry);
		FunctionCounter.builder(MetricNames.TRACES_EVICTED, this.traces, HeldTraces::evictedForAgeCount)
			.description("Traces given up before it was known how their request ends, by what had run out.")
			.tag("reason", "age")
			.register(registry);
		Gauge.builder(MetricNames.SPANS_HELD, this.traces, HeldTraces::size)
			.description("Spans held until it is known how their request ends.")
			.register(registry);
	}

}
