package io.flowforge.observability.tracing.exemplars;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Provides Prometheus' client with exemplars of traces that are exported: sampled when
 * they start, or by tail sampling.
 */
final class TraceExemplars implements SpanContext {

	private final TailSampledTraces tailSampled;

	TraceExemplars(TailSampledTraces tailSampled) {
		this.tailSampled = tailSampled;
	}

	@Override
	public @Nullable String getCurrentTraceId() {
		EndedSpan ended = EndedSpan.Current.get();
		return (ended != null) ? ended.traceId() : Span.current().getSpanContext().getTraceId();
	}

	@Override
	public @Nullable String getCurrentSpanId() {
		EndedSpan ended = EndedSpan.Current.get();
		return (ended != null) ? ended.spanId() : Span.current().getSpanContext().getSpanId();
	}

	@Override
	public boolean isCurrentSpanSampled() {
		EndedSpan ended = EndedSpan.Current.get();
		if (ended != null) {
			return ended.sampled() || this.tailSampled.isSampled(ended.traceId());
		}
		io.opentelemetry.api.trace.SpanContext current = Span.current().getSpanContext();
		return current.isSampled() || (current.isValid() && this.tailSampled.isSampled(current.getTraceId()));
	}

	@Override
	public void markCurrentSpanAsExemplar() {
		// No code reads the mark.
	}

}
