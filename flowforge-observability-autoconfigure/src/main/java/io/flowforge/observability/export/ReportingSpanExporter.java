package io.flowforge.observability.export;

import java.util.Collection;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Tells a {@link DeliveryReporter} how each export ends.
 */
final class ReportingSpanExporter implements SpanExporter {

	private final SpanExporter delegate;

	private final DeliveryReporter reporter;

	ReportingSpanExporter(SpanExporter delegate, DeliveryReporter reporter) {
		this.delegate = delegate;
		this.reporter = reporter;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> items) {
		return this.reporter.watch(Signal.TRACES, this.delegate.export(items));
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
