package io.flowforge.observability.defaults;

import io.flowforge.observability.service.ConditionalOnObservabilityEnabled;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration that stops a start with a property of ours that does not exist.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnObservabilityEnabled
@EnableConfigurationProperties(ObservabilityProperties.class)
@Import(UnknownPropertyCheck.class)
public final class DefaultsAutoConfiguration {

	DefaultsAutoConfiguration() {
	}

}
