package io.flowforge.observability.export;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Ends the SDK before Spring does, which would wait ten seconds for a collector that does
 * not answer: what is queued has a moment to get out, then the exports under way are
 * cancelled.
 */
final class BoundedShutdown implements DestructionAwareBeanPostProcessor {

	private static final long PATIENCE_MILLIS = 700;

	private final List<Runnable> exporters = new ArrayList<>();

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof SpanExporter exporter) {
			this.exporters.add(exporter::shutdown);
		}
		if (bean instanceof LogRecordExporter exporter) {
			this.exporters.add(exporter::shutdown);
		}
		return bean;
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof OpenTelemetrySdk;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		if (!((OpenTelemetrySdk) bean).shutdown().join(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).isDone()) {
			this.exporters.forEach(Runnable::run);
		}
	}

}
