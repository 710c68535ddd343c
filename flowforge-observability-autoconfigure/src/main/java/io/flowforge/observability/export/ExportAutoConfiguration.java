package io.flowforge.observability.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.flowforge.observability.export.health.ExporterHealthRegistry;
import io.flowforge.observability.export.otlp.OtlpExportConfiguration;
import io.flowforge.observability.export.statistics.BatchCounter;
import io.flowforge.observability.export.statistics.ExportStatistics;
import io.flowforge.observability.export.statistics.ExportStatisticsConfiguration;
import io.flowforge.observability.export.statistics.Signal;
import io.flowforge.observability.redaction.RedactingSpanExporter;
import io.flowforge.observability.redaction.SecretKeys;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.settings.ReplacedBeanFindings;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.micrometer.tracing.exporter.SpanFilter;
import io.micrometer.tracing.exporter.SpanReporter;
import io.micrometer.tracing.otel.bridge.CompositeSpanExporter;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessorBuilder;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessorBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.springframework.beans.factory.ListableBeanFactory;
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
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the export pipeline: Spring Boot's batch processors, with the
 * same properties, which also count what happens to their items and report it.
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
@Import({ ExportStatisticsConfiguration.class, OtlpExportConfiguration.class })
public final class ExportAutoConfiguration {

	ExportAutoConfiguration() {
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ShutdownBudget flowforgeShutdownBudget() {
		return new ShutdownBudget();
	}

	@Bean
	static BoundedShutdown flowforgeBoundedShutdown(ShutdownBudget budget) {
		return new BoundedShutdown(budget);
	}

	@Bean
	ExporterHealthRegistry flowforgeExporterHealthRegistry() {
		return new ExporterHealthRegistry();
	}

	// Spring Boot has the same bean, where it makes spans. A service may export spans
	// without.
	@Bean
	@ConditionalOnMissingBean
	SpanExporters flowforgeSpanExporters(ObjectProvider<SpanExporter> exporters) {
		return SpanExporters.of(exporters.orderedStream().toList());
	}

	// Not lazy, for there are metrics of what is made here.
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	BatchSpanProcessor flowforgeBatchSpanProcessor(SpanExporters exporters, OpenTelemetryTracingProperties properties,
			ObjectProvider<SpanExportingPredicate> predicates, ObjectProvider<SpanReporter> reporters,
			ObjectProvider<SpanFilter> filters, ExportStatistics statistics, ExporterHealthRegistry health,
			ListableBeanFactory beanFactory, Environment environment) {
		OpenTelemetryTracingProperties.Export export = properties.getExport();
		BatchCounter batches = new BatchCounter(Signal.TRACES, statistics,
				(thrown) -> health.notExported(Signal.TRACES, thrown));
		Map<String, SpanExporter> beans = beanFactory.getBeansOfType(SpanExporter.class);
		List<SpanExporter> monitored = new ArrayList<>();
		for (SpanExporter exporter : exporters) {
			monitored.add(health.monitor(nameOf(exporter, beans), exporter, batches));
		}
		SpanExporter exporter = new RedactingSpanExporter(composite(monitored, predicates.orderedStream().toList(),
				reporters.orderedStream().toList(), filters.orderedStream().toList()), SecretKeys.of(environment));
		BatchSpanProcessorBuilder builder = BatchSpanProcessor
			// Without an exporter, every span would count as exported.
			.builder(monitored.isEmpty() ? exporter : batches.count(exporter))
			.setExportUnsampledSpans(export.isIncludeUnsampled())
			.setExporterTimeout(export.getTimeout())
			.setMaxExportBatchSize(export.getMaxBatchSize())
			.setMaxQueueSize(export.getMaxQueueSize())
			.setScheduleDelay(export.getScheduleDelay());
		if (!monitored.isEmpty()) {
			statistics.measure(builder, export.getMaxQueueSize() + export.getMaxBatchSize());
		}
		return builder.build();
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	BatchLogRecordProcessor flowforgeBatchLogRecordProcessor(ObjectProvider<LogRecordExporter> exporters,
			OpenTelemetryLoggingProperties properties, ExportStatistics statistics, ExporterHealthRegistry health,
			ListableBeanFactory beanFactory) {
		OpenTelemetryLoggingProperties.Export export = properties.getExport();
		BatchCounter batches = new BatchCounter(Signal.LOGS, statistics,
				(thrown) -> health.notExported(Signal.LOGS, thrown));
		Map<String, LogRecordExporter> beans = beanFactory.getBeansOfType(LogRecordExporter.class);
		List<LogRecordExporter> monitored = exporters.orderedStream()
			.map((exporter) -> health.monitor(nameOf(exporter, beans), exporter, batches))
			.toList();
		LogRecordExporter exporter = LogRecordExporter.composite(monitored);
		BatchLogRecordProcessorBuilder builder = BatchLogRecordProcessor
			.builder(monitored.isEmpty() ? exporter : batches.count(exporter))
			.setExporterTimeout(export.getTimeout())
			.setMaxExportBatchSize(export.getMaxBatchSize())
			.setMaxQueueSize(export.getMaxQueueSize())
			.setScheduleDelay(export.getScheduleDelay());
		if (!monitored.isEmpty()) {
			statistics.measure(builder, export.getMaxQueueSize() + export.getMaxBatchSize());
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

	// Micrometer's composite copies each span, and gives each copy a resource of its own,
	// which then is sent with every span of a batch instead of once.
	private static SpanExporter composite(List<SpanExporter> exporters, List<SpanExportingPredicate> predicates,
			List<SpanReporter> reporters, List<SpanFilter> filters) {
		boolean asIs = predicates.isEmpty() && reporters.isEmpty() && filters.isEmpty();
		return asIs ? SpanExporter.composite(exporters)
				: new CompositeSpanExporter(exporters, predicates, reporters, filters);
	}

	private static <T> String nameOf(T exporter, Map<String, T> beans) {
		return beans.entrySet()
			.stream()
			.filter((bean) -> bean.getValue() == exporter)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseGet(() -> exporter.getClass().getSimpleName());
	}

}
