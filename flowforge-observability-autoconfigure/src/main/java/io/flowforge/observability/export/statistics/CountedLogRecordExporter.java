package io.flowforge.observability.export.statistics;

import java.util.Collection;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;

/**
 * Exports log records and has a {@link BatchCounter} count them.
 */
final class CountedLogRecordExporter implements LogRecordExporter {

	private final LogRecordExporter delegate;

	private final BatchCounter batches;

	CountedLogRecordExporter(LogRecordExporter delegate, BatchCounter batches) {
		this.delegate = delegate;
		this.batches = batches;
	}

	@Override
	public CompletableResultCode export(Collection<LogRecordData> logRecords) {
		return this.batches.export(logRecords.size(), () -> this.delegate.export(logRecords));
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
