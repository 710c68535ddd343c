package io.flowforge.observability.logging;

import io.flowforge.observability.logging.record.LogRecordProperties;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for the export of Logback's events. Checks how the log is to be
 * written, whether or not it is exported.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { OpenTelemetryLoggingAutoConfiguration.class, OtlpLoggingAutoConfiguration.class })
// Last, so that log record exporters of other auto-configurations count.
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnObservabilityEnabled
@EnableConfigurationProperties({ LoggingProperties.class, LogRecordProperties.class })
@Import(LogExportConfiguration.class)
public final class LoggingAutoConfiguration {

	LoggingAutoConfiguration() {
	}

}
