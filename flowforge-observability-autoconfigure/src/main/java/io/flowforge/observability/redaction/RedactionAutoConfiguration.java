package io.flowforge.observability.redaction;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.micrometer.core.instrument.config.MeterFilter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for what must not leave the service.
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterFilter.class)
	static class MetricsConfiguration {

		// After those of the service, which may make tags of URLs.
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		UrlTagFilter flowforgeUrlTagFilter(Environment environment) {
			return new UrlTagFilter(new UrlRedactor(SecretKeys.of(environment)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterFilter.class, ObservationProperties.class })
	@EnableConfigurationProperties(ObservationProperties.class)
	static class ClientConfiguration {

		// What a convention of the service's own makes of a URI, it means.
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		@ConditionalOnMissingBean(
				type = { "org.springframework.http.client.observation.ClientRequestObservationConvention",
						"org.springframework.web.reactive.function.client.ClientRequestObservationConvention" })
		ClientUriFilter flowforgeClientUriFilter(ObservationProperties observations, Environment environment) {
			return new ClientUriFilter(observations.getHttp().getClient().getRequests().getName(),
					SecretKeys.of(environment));
		}

	}

}
