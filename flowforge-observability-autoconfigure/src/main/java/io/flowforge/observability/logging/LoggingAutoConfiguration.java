package io.flowforge.observability.logging;

import io.flowforge.observability.service.ConditionalOnObservabilityEnabled;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * Auto-configuration that checks how the log is to be written, whether or not it is
 * exported.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnObservabilityEnabled
@EnableConfigurationProperties(LoggingProperties.class)
public final class LoggingAutoConfiguration {

	LoggingAutoConfiguration() {
	}

}
