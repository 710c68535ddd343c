package io.flowforge.observability.tracing.sampling;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Exports the complete local trace of an unsampled request that failed or was slow. The
 * spans of unsampled requests are recorded only, and buffered until the request ends.
 * Then they are dropped, or passed on to the processor that exports the sampled ones.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public final class TailSamplingSpanProcessor implements SpanProcessor {

	private final UnsampledTraceBuffer traces;

	private final TailSamplingPolicy policy;

	private final SpanProcessor export;

	private final Runnable exported;

	TailSamplingSpanProcessor(UnsampledTraceBuffer traces, TailSamplingPolicy policy, SpanProcessor export,
			Runnable exported) {
		this.traces = traces;
		this.policy = policy;
		this.export = export;
		this.exported = exported;
	}

	@Override
	public void onStart(Context parentContext, ReadWriteSpan span) {
		if (isUnsampled(span) && isLocalRoot(span)) {
			this.traces.rootStarted(span.getSpanContext().getTraceId());
		}
	}

	@Override
	public void onEnd(ReadableSpan span) {
		if (!isUnsampled(span)) {
			return;
		}
		String traceId = span.getSpanContext().getTraceId();
		if (isLocalRoot(span)) {
			this.traces.rootEnded(traceId, span, this.policy.shouldSample(span)).forEach(this::export);
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

	static boolean isUnsampled(ReadableSpan span) {
		return !span.getSpanContext().isSampled();
	}

	static boolean isLocalRoot(ReadableSpan span) {
		SpanContext parent = span.getParentSpanContext();
		return !parent.isValid() || parent.isRemote();
	}

	private void export(ReadableSpan span) {
		this.exported.run();
		this.export.onEnd(new TailSampledSpan(span));
	}

}
