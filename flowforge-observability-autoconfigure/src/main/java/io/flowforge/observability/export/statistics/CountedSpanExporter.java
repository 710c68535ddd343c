package io.flowforge.observability.export.statistics;

import java.util.Collection;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Exports spans and has a {@link BatchCounter} count them. It stands before all filters,
 * so that what they take out is counted, too.
 */
final class CountedSpanExporter implements SpanExporter {

	private final SpanExporter delegate;

	private final BatchCounter batches;

	CountedSpanExporter(SpanExporter delegate, BatchCounter batches) {
		this.delegate = delegate;
		this.batches = batches;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		return this.batches.export(spans.size(), () -> this.delegate.export(spans));
	}

	@Override
	public CompletableResultCode flush() {
		return this.delegate.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.delegate.shutdown();
	}

	@Override
	public String toString() {
		return this.delegate.toString();
	}

}
