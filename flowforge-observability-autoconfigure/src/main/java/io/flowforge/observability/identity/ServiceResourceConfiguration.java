package io.flowforge.observability.identity;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.limits.AlertsProperties;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetryResourceAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The identity of the service, as a bean and as an OpenTelemetry resource, without a
 * check of the settings: a service that is refused because of them has to say who it is,
 * too.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceProperties.class)
public class ServiceResourceConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServiceIdentity flowforgeServiceIdentity(Environment environment, ServiceProperties properties,
			ObjectProvider<BuildProperties> buildProperties) {
		return new ServiceIdentityFactory(environment, properties, DeclaredAttributes.in(environment),
				buildProperties.getIfAvailable())
			.create();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Resource.class, OpenTelemetryResourceAttributes.class })
	static class ResourceConfiguration {

		@Bean
		@ConditionalOnMissingBean
		Resource flowforgeOpenTelemetryResource(Environment environment, ServiceIdentity identity) {
			// Not from the bean of those properties, which a service whose settings are
			// wrong does not have.
			String slackChannel = environment.getProperty(AlertsProperties.PREFIX + ".slack-channel", "");
			return ServiceResource.of(PlatformAttributes.in(environment), DeclaredAttributes.in(environment), identity,
					slackChannel);
		}

	}

}
