package io.flowforge.observability.tracing.sampling;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Provides Prometheus' client with exemplars of traces that are exported: sampled when
 * they start, or by tail sampling.
 */
final class TailSampledExemplars implements SpanContext {

	private final UnsampledTraceBuffer traces;

	TailSampledExemplars(UnsampledTraceBuffer traces) {
		this.traces = traces;
	}

	@Override
	public @Nullable String getCurrentTraceId() {
		return Span.current().getSpanContext().getTraceId();
	}

	@Override
	public @Nullable String getCurrentSpanId() {
		return Span.current().getSpanContext().getSpanId();
	}

	@Override
	public boolean isCurrentSpanSampled() {
		io.opentelemetry.api.trace.SpanContext current = Span.current().getSpanContext();
		return current.isSampled() || (current.isValid() && this.traces.isSampled(current.getTraceId()));
	}

	@Override
	public void markCurrentSpanAsExemplar() {
		// No code reads the mark.
	}

}
