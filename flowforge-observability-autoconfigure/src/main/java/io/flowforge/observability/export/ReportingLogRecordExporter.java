package io.flowforge.observability.export;

import java.util.Collection;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;

/**
 * Tells a {@link DeliveryReporter} how each export ends.
 */
final class ReportingLogRecordExporter implements LogRecordExporter {

	private final LogRecordExporter delegate;

	private final DeliveryReporter reporter;

	ReportingLogRecordExporter(LogRecordExporter delegate, DeliveryReporter reporter) {
		this.delegate = delegate;
		this.reporter = reporter;
	}

	@Override
	public CompletableResultCode export(Collection<LogRecordData> items) {
		return this.reporter.watch(Signal.LOGS, this.delegate.export(items));
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
