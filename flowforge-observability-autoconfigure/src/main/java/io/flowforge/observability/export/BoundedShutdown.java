package io.flowforge.observability.export;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Shuts the SDK down before Spring does, which would wait ten seconds for a collector
 * that does not answer: what is queued gets a share of the {@link ShutdownBudget}, then
 * the exports under way are cancelled.
 */
final class BoundedShutdown implements DestructionAwareBeanPostProcessor {

	private final ShutdownBudget budget;

	private final List<Runnable> exporters = new ArrayList<>();

	BoundedShutdown(ShutdownBudget budget) {
		this.budget = budget;
	}

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
		// Log lines that come after this have to be sent, too.
		long millis = this.budget.half().toMillis();
		if (!((OpenTelemetrySdk) bean).shutdown().join(millis, TimeUnit.MILLISECONDS).isDone()) {
			this.exporters.forEach(Runnable::run);
		}
	}

}
