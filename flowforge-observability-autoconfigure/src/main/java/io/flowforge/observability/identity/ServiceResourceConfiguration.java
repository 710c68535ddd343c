package io.flowforge.observability.identity;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.limits.AlertsProperties;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetryProperties;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetryResourceAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * The identity of the service, as a bean and as OTLP resource, without a check of the
 * settings: also a service that is refused for them has to say who it is.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Resource.class, OpenTelemetryResourceAttributes.class })
@EnableConfigurationProperties(OpenTelemetryProperties.class)
@Import(ServiceIdentityConfiguration.class)
public class ServiceResourceConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Resource flowforgeResource(Environment environment, OpenTelemetryProperties openTelemetry,
			ServiceIdentity identity) {
		// Not from the bean of those properties, which a service whose settings are wrong
		// does not have.
		return ServiceResource.of(
				ServiceResource.declaredAttributes(environment, openTelemetry.getResourceAttributes()), identity,
				environment.getProperty(AlertsProperties.PREFIX + ".slack-channel", ""));
	}

}
