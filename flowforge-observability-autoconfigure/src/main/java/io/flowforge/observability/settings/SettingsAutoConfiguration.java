package io.flowforge.observability.settings;

import io.flowforge.observability.settings.invalid.SettingsCheck;
import io.flowforge.observability.settings.renamed.RenamedPropertyFindings;
import io.flowforge.observability.settings.unknown.UnknownPropertyConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration that refuses to start with a property of this library that does not
 * exist or has an unusable value, and finds others that may not do what was meant.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnObservabilityEnabled
@EnableConfigurationProperties(ObservabilityProperties.class)
@Import({ UnknownPropertyConfiguration.class, SettingsCheck.class, RenamedPropertyFindings.class })
public final class SettingsAutoConfiguration {

	SettingsAutoConfiguration() {
	}

	@Bean
	ReplacedListFindings flowforgeReplacedListFindings(ConfigurableEnvironment environment) {
		return new ReplacedListFindings(environment);
	}

	@Bean
	OpenTelemetryVariableFindings flowforgeOpenTelemetryVariableFindings(ConfigurableEnvironment environment) {
		return new OpenTelemetryVariableFindings(environment);
	}

	@Bean
	IgnoredPropertyFindings flowforgeIgnoredPropertyFindings(ConfigurableEnvironment environment) {
		return new IgnoredPropertyFindings(environment);
	}

}
