package io.flowforge.observability.export.statistics;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Counts the spans that the batch processor takes of those that end. What other code
 * gives to it directly, it counts itself.
 */
final class ProducedSpans implements SpanProcessor {

	private final ExportStatistics statistics;

	private final boolean unsampledToo;

	ProducedSpans(ExportStatistics statistics, boolean unsampledToo) {
		this.statistics = statistics;
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
			this.statistics.countProduced(Signal.TRACES);
		}
	}

	@Override
	public boolean isEndRequired() {
		return true;
	}

}
