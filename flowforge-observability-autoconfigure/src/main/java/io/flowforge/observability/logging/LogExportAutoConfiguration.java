package io.flowforge.observability.logging;

import ch.qos.logback.classic.LoggerContext;
import io.flowforge.observability.service.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.service.SecretKeys;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that sends Logback's events where Spring Boot's log record exporter
 * goes. Spring Boot has the exporter and leaves the appender to others.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { OpenTelemetryLoggingAutoConfiguration.class, OtlpLoggingAutoConfiguration.class })
@ConditionalOnObservabilityEnabled
@ConditionalOnClass({ LoggerContext.class, SdkLoggerProvider.class })
@ConditionalOnBean({ SdkLoggerProvider.class, LogRecordExporter.class })
public final class LogExportAutoConfiguration {

	LogExportAutoConfiguration() {
	}

	@Bean
	LogExport logExport(SdkLoggerProvider loggerProvider, Environment environment) {
		return new LogExport(LoggerFactory.getILoggerFactory(), loggerProvider, SecretKeys.of(environment));
	}

}
