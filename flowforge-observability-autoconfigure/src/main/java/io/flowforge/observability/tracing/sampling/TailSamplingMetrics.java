package io.flowforge.observability.tracing.sampling;

import io.flowforge.observability.MetricNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts the traces that tail sampling exported and those that it evicted.
 */
final class TailSamplingMetrics implements MeterBinder {

	private final UnsampledTraceBuffer traces;

	TailSamplingMetrics(UnsampledTraceBuffer traces) {
		this.traces = traces;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(MetricNames.TRACES_KEPT, this.traces, UnsampledTraceBuffer::sampledCount)
			.description("Unsampled traces exported: failed, or slow.")
			.register(registry);
		FunctionCounter.builder(MetricNames.TRACES_EVICTED, this.traces, UnsampledTraceBuffer::evictedForSpaceCount)
			.description("Unsampled traces evicted before their request ended.")
			.tag("reason", "space")
			.register(registry);
		FunctionCounter.builder(MetricNames.TRACES_EVICTED, this.traces, UnsampledTraceBuffer::evictedForAgeCount)
			.description("Unsampled traces evicted before their request ended.")
			.tag("reason", "age")
			.register(registry);
		Gauge.builder(MetricNames.SPANS_HELD, this.traces, UnsampledTraceBuffer::size)
			.description("Unsampled spans of requests that have not ended.")
			.register(registry);
	}

}
