package io.flowforge.observability.redaction;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the keys whose values must not leave the service.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnObservabilityEnabled
@EnableConfigurationProperties(RedactionProperties.class)
public final class RedactionAutoConfiguration {

	RedactionAutoConfiguration() {
	}

	@Bean
	RedactionFindings flowforgeRedactionFindings(RedactionProperties properties) {
		return new RedactionFindings(properties);
	}

}
