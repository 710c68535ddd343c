package io.flowforge.observability.export.health;

import java.util.Collection;

import io.flowforge.observability.export.statistics.BatchCounter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;

/**
 * Exports log records under the eyes of an {@link ExporterMonitor}.
 */
final class MonitoredLogRecordExporter implements LogRecordExporter {

	private final LogRecordExporter delegate;

	private final ExporterMonitor monitor;

	private final BatchCounter batches;

	MonitoredLogRecordExporter(LogRecordExporter delegate, ExporterMonitor monitor, BatchCounter batches) {
		this.delegate = delegate;
		this.monitor = monitor;
		this.batches = batches;
	}

	@Override
	public CompletableResultCode export(Collection<LogRecordData> logRecords) {
		return this.monitor.export(this.batches.underWay()::reject, logRecords.size(),
				() -> this.delegate.export(logRecords));
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
