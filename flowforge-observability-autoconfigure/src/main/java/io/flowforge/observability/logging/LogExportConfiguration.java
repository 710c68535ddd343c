package io.flowforge.observability.logging;

import ch.qos.logback.classic.LoggerContext;
import io.flowforge.observability.export.ShutdownBudget;
import io.flowforge.observability.export.statistics.ExportStatistics;
import io.flowforge.observability.export.statistics.Signal;
import io.flowforge.observability.logging.record.LogRecordSettings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Sends Logback's events where Spring Boot's log record exporters go. Spring Boot has the
 * exporters and leaves the appender to others.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ LoggerContext.class, SdkLoggerProvider.class })
@ConditionalOnBean({ SdkLoggerProvider.class, LogRecordExporter.class, LogLimits.class })
@ConditionalOnBooleanProperty(name = LoggingProperties.Export.ENABLED, matchIfMissing = true)
class LogExportConfiguration {

	@Bean
	LogPipelineConnection flowforgeLogPipelineConnection(SdkLoggerProvider loggerProvider,
			ObjectProvider<LogRecordExporter> exporters, Resource resource, LogLimits limits,
			ObjectProvider<ExportStatistics> statistics, LoggingProperties properties,
			ObjectProvider<ShutdownBudget> budget, Environment environment,
			ObjectProvider<OpenTelemetry> openTelemetry) {
		// Made before this bean, so destroyed after it: no event reaches an SDK that has
		// been shut down.
		openTelemetry.getIfAvailable();
		return new LogPipelineConnection(loggerProvider, exporters.orderedStream().toList(), resource, limits,
				LogRecordSettings.of(environment),
				(count) -> statistics.ifAvailable((counts) -> counts.countDropped(Signal.LOGS, count)),
				properties.startupBuffer(), budget.getIfAvailable(ShutdownBudget::new));
	}

}
