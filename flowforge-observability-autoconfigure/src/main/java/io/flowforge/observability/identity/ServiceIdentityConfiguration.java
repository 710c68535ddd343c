package io.flowforge.observability.identity;

import io.flowforge.observability.ServiceIdentity;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The identity of the service as a bean, with or without OpenTelemetry.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceProperties.class)
class ServiceIdentityConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServiceIdentity flowforgeServiceIdentity(Environment environment, ServiceProperties properties,
			ObjectProvider<BuildProperties> buildProperties) {
		return new ServiceIdentityFactory(environment, properties, EnvironmentName.declaredAttributes(environment),
				buildProperties.getIfAvailable())
			.create();
	}

}
