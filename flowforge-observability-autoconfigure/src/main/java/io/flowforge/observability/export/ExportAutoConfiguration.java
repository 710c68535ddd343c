package io.flowforge.observability.export;

import java.util.List;

import io.flowforge.observability.redaction.RedactingSpanExporter;
import io.flowforge.observability.redaction.SecretKeys;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.settings.ReplacedBeanFindings;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.micrometer.tracing.exporter.SpanFilter;
import io.micrometer.tracing.exporter.SpanReporter;
import io.micrometer.tracing.otel.bridge.CompositeSpanExporter;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessorBuilder;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessorBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.opentelemetry.autoconfigure.ConditionalOnEnabledOpenTelemetry;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the export pipeline: Spring Boot's batch processors, with the
 * same properties, and with what becomes of the items counted and reported.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		before = { OpenTelemetryTracingAutoConfiguration.class, OpenTelemetryLoggingAutoConfiguration.class })
@ConditionalOnObservabilityEnabled
@ConditionalOnClass({ SpanExporters.class, BatchSpanProcessor.class, BatchLogRecordProcessor.class,
		CompositeSpanExporter.class, SdkMeterProvider.class })
@ConditionalOnEnabledOpenTelemetry
@EnableConfigurationProperties({ OpenTelemetryTracingProperties.class, OpenTelemetryLoggingProperties.class })
public final class ExportAutoConfiguration {

	ExportAutoConfiguration() {
	}

	@Bean
	static BoundedShutdown flowforgeBoundedShutdown() {
		return new BoundedShutdown();
	}

	@Bean
	DeliveryReporter flowforgeDeliveryReporter(Environment environment) {
		return new DeliveryReporter((signal) -> environment.getProperty(signal.endpointProperty(), "its endpoint"));
	}

	@Bean
	ProducedItems flowforgeProducedItems() {
		return new ProducedItems();
	}

	@Bean(destroyMethod = "close")
	SdkSelfMetrics flowforgeSdkSelfMetrics() {
		return new SdkSelfMetrics();
	}

	@Bean
	ExportStatistics flowforgeExportStatistics(SdkSelfMetrics measurements, ProducedItems produced) {
		return new ExportStatistics(measurements, produced);
	}

	@Bean
	ProducedSpans flowforgeProducedSpans(ProducedItems produced, OpenTelemetryTracingProperties properties) {
		return new ProducedSpans(produced, properties.getExport().isIncludeUnsampled());
	}

	@Bean
	LogRecordProcessor flowforgeProducedLogRecords(ProducedItems produced) {
		return (context, logRecord) -> produced.logRecordEmitted();
	}

	// Not lazy, for there are metrics of what is made here.
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	BatchSpanProcessor flowforgeBatchSpanProcessor(SpanExporters exporters, OpenTelemetryTracingProperties properties,
			ObjectProvider<SpanExportingPredicate> predicates, ObjectProvider<SpanReporter> reporters,
			ObjectProvider<SpanFilter> filters, DeliveryReporter reporter, SdkSelfMetrics measurements,
			ExportStatistics items, Environment environment) {
		OpenTelemetryTracingProperties.Export export = properties.getExport();
		List<SpanExporter> reporting = exporters.list()
			.stream()
			.<SpanExporter>map((exporter) -> new ReportingSpanExporter(exporter, reporter))
			.toList();
		CompositeSpanExporter exporter = new CompositeSpanExporter(reporting, predicates.orderedStream().toList(),
				reporters.orderedStream().toList(), filters.orderedStream().toList());
		BatchSpanProcessorBuilder builder = BatchSpanProcessor
			.builder(new RedactingSpanExporter(exporter, SecretKeys.of(environment)))
			.setExportUnsampledSpans(export.isIncludeUnsampled())
			.setExporterTimeout(export.getTimeout())
			.setMaxExportBatchSize(export.getMaxBatchSize())
			.setMaxQueueSize(export.getMaxQueueSize())
			.setScheduleDelay(export.getScheduleDelay());
		// Where nothing is exported, the processor would count every span as such.
		if (!reporting.isEmpty()) {
			measurements.measure(builder);
			items.count(Signal.TRACES, export.getMaxQueueSize() + export.getMaxBatchSize());
		}
		return builder.build();
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	BatchLogRecordProcessor flowforgeBatchLogRecordProcessor(ObjectProvider<LogRecordExporter> exporters,
			OpenTelemetryLoggingProperties properties, DeliveryReporter reporter, SdkSelfMetrics measurements,
			ExportStatistics items) {
		OpenTelemetryLoggingProperties.Export export = properties.getExport();
		List<LogRecordExporter> reporting = exporters.orderedStream()
			.<LogRecordExporter>map((exporter) -> new ReportingLogRecordExporter(exporter, reporter))
			.toList();
		BatchLogRecordProcessorBuilder builder = BatchLogRecordProcessor.builder(LogRecordExporter.composite(reporting))
			.setExporterTimeout(export.getTimeout())
			.setMaxExportBatchSize(export.getMaxBatchSize())
			.setMaxQueueSize(export.getMaxQueueSize())
			.setScheduleDelay(export.getScheduleDelay());
		if (!reporting.isEmpty()) {
			measurements.measure(builder);
			items.count(Signal.LOGS, export.getMaxQueueSize() + export.getMaxBatchSize());
		}
		return builder.build();
	}

	@Bean
	ReplacedBeanFindings flowforgeReplacedExportFindings(ListableBeanFactory beanFactory) {
		return new ReplacedBeanFindings(beanFactory).add("flowforgeBatchSpanProcessor", BatchSpanProcessor.class,
				"The spans that it exports are neither counted nor redacted, and a failing exporter is not reported.")
			.add("flowforgeBatchLogRecordProcessor", BatchLogRecordProcessor.class,
					"The log records that it exports are not counted, and a failing exporter is not reported.")
			// The names of Spring Boot's beans.
			.add("openTelemetrySdk", OpenTelemetry.class,
					"Unless it uses the SdkTracerProvider bean, spans are neither counted nor redacted, and a failing "
							+ "span exporter is not reported.")
			.add("otelSdkTracerProvider", SdkTracerProvider.class,
					"Unless it has the processors of the SpanProcessors bean, spans are neither counted nor redacted, "
							+ "and a failing span exporter is not reported.")
			.add("openTelemetrySdkLoggerProvider", SdkLoggerProvider.class,
					"Unless it has all LogRecordProcessor beans, log records are not counted, and a failing log record "
							+ "exporter is not reported.");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		ExportMetrics flowforgeExportMetrics(ExportStatistics items) {
			return new ExportMetrics(items);
		}

	}

}
