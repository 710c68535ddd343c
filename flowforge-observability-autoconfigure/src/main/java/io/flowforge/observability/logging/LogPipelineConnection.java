package io.flowforge.observability.logging;

import java.util.List;
import java.util.function.LongConsumer;

import io.flowforge.observability.export.ShutdownBudget;
import io.flowforge.observability.logging.record.LogRecordSettings;
import io.flowforge.observability.logging.record.LogRecords;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Connects the {@link LogPipeline} with the logger provider of an application for as long
 * as its beans live. Made before the application's own beans: if one of them makes the
 * start fail, the exporter is already known, also where its address comes from a bean.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class LogPipelineConnection implements BeanFactoryInitializer<ListableBeanFactory>, DisposableBean {

	private final LogRecords records;

	private final LongConsumer dropped;

	private final int bufferCapacity;

	private final ShutdownLogExporter shutdownExporter;

	LogPipelineConnection(SdkLoggerProvider loggerProvider, List<LogRecordExporter> exporters, Resource resource,
			LogLimits limits, LogRecordSettings settings, LongConsumer dropped, int bufferCapacity,
			ShutdownBudget budget) {
		this.records = new LogRecords(loggerProvider, limits, settings);
		this.dropped = dropped;
		this.bufferCapacity = bufferCapacity;
		this.shutdownExporter = new ShutdownLogExporter(() -> ExportTarget.copyOf(exporters, resource, limits),
				settings, budget);
	}

	@Override
	public void initialize(ListableBeanFactory beanFactory) {
		activate();
	}

	/**
	 * Make this application the one of the JVM whose exporters get what is logged. It is
	 * that from its start on, until another one is.
	 */
	public void activate() {
		LogPipeline.INSTANCE.export(this.records, this.dropped);
	}

	@Override
	public void destroy() {
		LogPipeline.INSTANCE.release(this.records, this.bufferCapacity, this.shutdownExporter);
	}

}
