package io.flowforge.observability.export;

import java.util.List;

import io.flowforge.observability.redaction.RedactingSpanExporter;
import io.flowforge.observability.redaction.SecretKeys;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.micrometer.tracing.exporter.SpanFilter;
import io.micrometer.tracing.exporter.SpanReporter;
import io.micrometer.tracing.otel.bridge.CompositeSpanExporter;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessorBuilder;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessorBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
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
import org.springframework.context.annotation.Role;
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
		CompositeSpanExporter.class })
@ConditionalOnEnabledOpenTelemetry
@EnableConfigurationProperties({ OpenTelemetryTracingProperties.class, OpenTelemetryLoggingProperties.class })
public final class ExportAutoConfiguration {

	ExportAutoConfiguration() {
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ShutdownBudget shutdownBudget() {
		return new ShutdownBudget();
	}

	@Bean
	static BoundedShutdown boundedShutdown(ShutdownBudget budget) {
		return new BoundedShutdown(budget);
	}

	@Bean
	DeliveryReporter deliveryReporter(Environment environment) {
		return new DeliveryReporter((signal) -> environment.getProperty(signal.endpointProperty(), "its endpoint"));
	}

	@Bean
	ProducedItems producedItems() {
		return new ProducedItems();
	}

	@Bean(destroyMethod = "close")
	SdkSelfMetrics sdkSelfMetrics() {
		return new SdkSelfMetrics();
	}

	@Bean
	ExportStatistics exportStatistics(SdkSelfMetrics measurements, ProducedItems produced) {
		return new ExportStatistics(measurements, produced);
	}

	@Bean
	ProducedSpans producedSpans(ProducedItems produced, OpenTelemetryTracingProperties properties) {
		return new ProducedSpans(produced, properties.getExport().isIncludeUnsampled());
	}

	@Bean
	LogRecordProcessor producedLogRecords(ProducedItems produced) {
		return (context, logRecord) -> produced.logRecordEmitted();
	}

	@Bean
	@ConditionalOnMissingBean
	SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters, DeliveryReporter reporter) {
		List<SpanExporter> reporting = exporters.orderedStream()
			.<SpanExporter>map((exporter) -> new ReportingSpanExporter(exporter, reporter))
			.toList();
		return SpanExporters.of(reporting);
	}

	// Not lazy, for there are metrics of what is made here.
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	BatchSpanProcessor batchSpanProcessor(SpanExporters exporters, OpenTelemetryTracingProperties properties,
			ObjectProvider<SpanExportingPredicate> predicates, ObjectProvider<SpanReporter> reporters,
			ObjectProvider<SpanFilter> filters, SdkSelfMetrics measurements, ExportStatistics items,
			Environment environment) {
		OpenTelemetryTracingProperties.Export export = properties.getExport();
		CompositeSpanExporter exporter = new CompositeSpanExporter(exporters.list(),
				predicates.orderedStream().toList(), reporters.orderedStream().toList(),
				filters.orderedStream().toList());
		BatchSpanProcessorBuilder builder = BatchSpanProcessor
			.builder(new RedactingSpanExporter(exporter, SecretKeys.of(environment)))
			.setExportUnsampledSpans(export.isIncludeUnsampled())
			.setExporterTimeout(export.getTimeout())
			.setMaxExportBatchSize(export.getMaxBatchSize())
			.setMaxQueueSize(export.getMaxQueueSize())
			.setScheduleDelay(export.getScheduleDelay());
		// Where nothing is exported, the processor would count every span as such.
		if (!exporters.list().isEmpty()) {
			measurements.measure(builder);
			items.count(Signal.TRACES, export.getMaxQueueSize() + export.getMaxBatchSize());
		}
		return builder.build();
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	BatchLogRecordProcessor batchLogRecordProcessor(ObjectProvider<LogRecordExporter> exporters,
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		ExportMetrics exportMetrics(ExportStatistics items) {
			return new ExportMetrics(items);
		}

	}

}
