package io.flowforge.observability.logging;

import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Where records go, and what they say of the service. Whoever gets one closes it.
 *
 * @param exporter sends the records
 * @param resource the service they are from
 * @param limits of a record
 */
record ExportTarget(LogRecordExporter exporter, Resource resource, LogLimits limits) implements AutoCloseable {

	@Override
	public void close() {
		this.exporter.shutdown();
	}

}
