package io.flowforge.observability.tracing.sampling;

import io.flowforge.observability.export.ExportStatistics;
import io.flowforge.observability.export.Signal;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Exports the complete local trace of a request that failed or was slow, although it was
 * not sampled: its spans are recorded only, held until the request ends, and then handed
 * to the processor that exports the sampled ones, or forgotten.
 */
public final class TailSamplingSpanProcessor implements SpanProcessor {

	private final UnsampledTraceBuffer traces;

	private final TailSamplingPolicy rule;

	private final SpanProcessor export;

	private final ExportStatistics statistics;

	TailSamplingSpanProcessor(UnsampledTraceBuffer traces, TailSamplingPolicy rule, SpanProcessor export,
			ExportStatistics statistics) {
		this.traces = traces;
		this.rule = rule;
		this.export = export;
		this.statistics = statistics;
	}

	@Override
	public void onStart(Context parentContext, ReadWriteSpan span) {
		if (isHeld(span) && isLocalRoot(span)) {
			this.traces.rootStarted(span.getSpanContext().getTraceId());
		}
	}

	@Override
	public void onEnd(ReadableSpan span) {
		if (!isHeld(span)) {
			return;
		}
		String traceId = span.getSpanContext().getTraceId();
		if (isLocalRoot(span)) {
			this.traces.rootEnded(traceId, span, this.rule.keeps(span)).forEach(this::export);
		}
		else if (this.traces.childEnded(traceId, span)) {
			export(span);
		}
	}

	@Override
	public boolean isStartRequired() {
		return true;
	}

	@Override
	public boolean isEndRequired() {
		return true;
	}

	static boolean isHeld(ReadableSpan span) {
		return !span.getSpanContext().isSampled();
	}

	static boolean isLocalRoot(ReadableSpan span) {
		SpanContext parent = span.getParentSpanContext();
		return !parent.isValid() || parent.isRemote();
	}

	private void export(ReadableSpan span) {
		this.statistics.countProduced(Signal.TRACES);
		this.export.onEnd(new TailSampledSpan(span));
	}

}
