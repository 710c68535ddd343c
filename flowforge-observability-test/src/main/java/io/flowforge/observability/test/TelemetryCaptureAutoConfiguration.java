package io.flowforge.observability.test;

import java.util.Set;

import io.flowforge.observability.export.ExportAutoConfiguration;
import io.flowforge.observability.logging.LogPipelineConnection;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for {@link CapturedTelemetry}. Exporters that keep spans and log
 * records in memory are behind the application's own processors, so that what is captured
 * is what would have left: sampled, redacted, and within its limits.
 *
 * @since 0.1.0
 * @see AutoConfigureTelemetryCapture
 */
@AutoConfiguration(before = ExportAutoConfiguration.class)
public final class TelemetryCaptureAutoConfiguration {

	private static final String SPANS = "flowforgeCapturedSpans";

	private static final String LOG_RECORDS = "flowforgeCapturedLogRecords";

	TelemetryCaptureAutoConfiguration() {
	}

	@Bean(SPANS)
	InMemorySpanExporter flowforgeCapturedSpans() {
		return InMemorySpanExporter.create();
	}

	@Bean(LOG_RECORDS)
	InMemoryLogRecordExporter flowforgeCapturedLogRecords() {
		return InMemoryLogRecordExporter.create();
	}

	@Bean
	CapturedTelemetry flowforgeCapturedTelemetry(InMemorySpanExporter spans, InMemoryLogRecordExporter logRecords,
			ObjectProvider<SdkTracerProvider> tracerProvider, ObjectProvider<SdkLoggerProvider> loggerProvider,
			ObjectProvider<LogPipelineConnection> logPipeline, ObjectProvider<PrometheusMeterRegistry> metrics) {
		return new CapturedTelemetry(spans, logRecords, tracerProvider, loggerProvider, logPipeline, metrics);
	}

	@Bean
	static BeanFactoryPostProcessor flowforgeCapturingExporters() {
		return (beanFactory) -> ((DefaultListableBeanFactory) beanFactory)
			.setAutowireCandidateResolver(new CapturingExporterResolver(Set.of(SPANS, LOG_RECORDS)));
	}

}
