package io.flowforge.observability.identity.name;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetryResourceAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration that refuses to start a service without a name, or with two.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnObservabilityEnabled
@Import(ServiceNameCheck.class)
public final class ServiceNameAutoConfiguration {

	ServiceNameAutoConfiguration() {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Resource.class, OpenTelemetryResourceAttributes.class })
	static class ResourceConfiguration {

		@Bean
		ServiceNameFindings flowforgeServiceNameFindings(ServiceIdentity identity, Resource resource) {
			return new ServiceNameFindings(identity, resource);
		}

	}

}
