package io.flowforge.observability.export.statistics;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.opentelemetry.sdk.logs.LogRecordProcessor;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration for the counts of spans and log records, and for their metrics.
 * <p>
 * Internal: public only for the other packages of this library.
 */
@Configuration(proxyBeanMethods = false)
public class ExportStatisticsConfiguration {

	@Bean
	ExportStatistics flowforgeExportStatistics() {
		return new ExportStatistics();
	}

	@Bean
	ProducedSpans flowforgeProducedSpans(ExportStatistics statistics, OpenTelemetryTracingProperties properties) {
		return new ProducedSpans(statistics, properties.getExport().isIncludeUnsampled());
	}

	@Bean
	LogRecordProcessor flowforgeProducedLogRecords(ExportStatistics statistics) {
		return (context, logRecord) -> statistics.countProduced(Signal.LOGS);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		ExportMetrics flowforgeExportMetrics(ExportStatistics statistics) {
			return new ExportMetrics(statistics);
		}

	}

}
