package io.flowforge.observability.export.health;

import java.util.Collection;

import io.flowforge.observability.export.statistics.BatchCounter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Exports spans under the eyes of an {@link ExporterMonitor}.
 */
final class MonitoredSpanExporter implements SpanExporter {

	private final SpanExporter delegate;

	private final ExporterMonitor monitor;

	private final BatchCounter batches;

	MonitoredSpanExporter(SpanExporter delegate, ExporterMonitor monitor, BatchCounter batches) {
		this.delegate = delegate;
		this.monitor = monitor;
		this.batches = batches;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		return this.monitor.export(this.batches.underWay()::reject, spans.size(), () -> this.delegate.export(spans));
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
