package io.flowforge.observability.endpoint;

import io.flowforge.observability.Findings;
import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.export.ExportAutoConfiguration;
import io.flowforge.observability.export.health.ExporterHealthRegistry;
import io.flowforge.observability.export.statistics.ExportStatistics;
import io.flowforge.observability.identity.EnvironmentName;
import io.flowforge.observability.identity.IdentityAutoConfiguration;
import io.flowforge.observability.limits.AlertsProperties;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the {@code observability} endpoint of Spring Boot's Actuator.
 * Like every endpoint but health, it is exposed only if
 * {@code management.endpoints.web.exposure.include} says so. It also answers when nothing
 * is exported.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ExportAutoConfiguration.class, IdentityAutoConfiguration.class })
@ConditionalOnObservabilityEnabled
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(ServiceIdentity.class)
@EnableConfigurationProperties(AlertsProperties.class)
public final class EndpointAutoConfiguration {

	EndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	ObservabilityEndpoint flowforgeObservabilityEndpoint(ServiceIdentity identity, AlertsProperties alerts,
			ObjectProvider<ExportStatistics> statistics, ObjectProvider<ExporterHealthRegistry> health,
			ObjectProvider<Findings> findings) {
		return new ObservabilityEndpoint(identity, alerts, statistics.getIfAvailable(), health.getIfAvailable(),
				findings.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean(ExportStatistics.class)
	ExportOffFindings flowforgeExportOffFindings(Environment environment) {
		return new ExportOffFindings(environment);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Resource.class)
	@ConditionalOnBean(Resource.class)
	static class ResourceConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint(endpoint = ObservabilityEndpoint.class)
		TargetEnvironment flowforgeTargetEnvironment(Resource resource) {
			return new TargetEnvironment(EnvironmentName.of(resource));
		}

	}

}
