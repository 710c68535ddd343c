package io.flowforge.observability.export;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Counts the spans that the batch processor takes of those that end. What other code
 * gives to it directly, it counts itself.
 */
final class ProducedSpans implements SpanProcessor {

	private final ProducedItems produced;

	private final boolean unsampledToo;

	ProducedSpans(ProducedItems produced, boolean unsampledToo) {
		this.produced = produced;
		this.unsampledToo = unsampledToo;
	}

	@Override
	public void onStart(Context parentContext, ReadWriteSpan span) {
	}

	@Override
	public boolean isStartRequired() {
		return false;
	}

	@Override
	public void onEnd(ReadableSpan span) {
		if (this.unsampledToo || span.getSpanContext().isSampled()) {
			this.produced.spanEnded();
		}
	}

	@Override
	public boolean isEndRequired() {
		return true;
	}

}
