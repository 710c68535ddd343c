package io.flowforge.observability.defaults;

import io.flowforge.observability.service.ConditionalOnObservabilityEnabled;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration that stops a start with a property of ours that does not exist, and
 * finds others that may not do what was meant.
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

	@Bean
	ReplacedListFindings replacedListFindings(ConfigurableEnvironment environment) {
		return new ReplacedListFindings(environment);
	}

	@Bean
	OpenTelemetryVariableFindings openTelemetryVariableFindings(ConfigurableEnvironment environment) {
		return new OpenTelemetryVariableFindings(environment);
	}

	@Bean
	IgnoredPropertyFindings ignoredPropertyFindings(ConfigurableEnvironment environment) {
		return new IgnoredPropertyFindings(environment);
	}

}
