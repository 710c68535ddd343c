package io.flowforge.observability.logging;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for the export of Logback's events. Checks how the log is to be
 * written, whether or not it is exported.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { OpenTelemetryLoggingAutoConfiguration.class, OtlpLoggingAutoConfiguration.class })
@ConditionalOnObservabilityEnabled
@EnableConfigurationProperties(LoggingProperties.class)
@Import(LogExportConfiguration.class)
public final class LoggingAutoConfiguration {

	LoggingAutoConfiguration() {
	}

}
