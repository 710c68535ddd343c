package io.flowforge.observability.tracing.sampling;

import io.flowforge.observability.MetricNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts the traces that were kept and those that were given up.
 */
final class TailSamplingMetrics implements MeterBinder {

	private final UnsampledTraceBuffer traces;

	TailSamplingMetrics(UnsampledTraceBuffer traces) {
		this.traces = traces;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(MetricNames.TRACES_KEPT, this.traces, UnsampledTraceBuffer::keptCount)
			.description("Traces that were not sampled, and kept because their request failed or was slow.")
			.register(registry);
		FunctionCounter.builder(MetricNames.TRACES_EVICTED, this.traces, UnsampledTraceBuffer::evictedForSpaceCount)
			.description("Traces given up before it was known how their request ends, by what had run out.")
			.tag("reason", "space")
			.register(registry);
		FunctionCounter.builder(MetricNames.TRACES_EVICTED, this.traces, UnsampledTraceBuffer::evictedForAgeCount)
			.description("Traces given up before it was known how their request ends, by what had run out.")
			.tag("reason", "age")
			.register(registry);
		Gauge.builder(MetricNames.SPANS_HELD, this.traces, UnsampledTraceBuffer::size)
			.description("Spans held until it is known how their request ends.")
			.register(registry);
	}

}
