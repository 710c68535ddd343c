package io.flowforge.observability.endpoint;

import io.flowforge.observability.Findings;
import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.export.ExportAutoConfiguration;
import io.flowforge.observability.export.health.ExporterHealthRegistry;
import io.flowforge.observability.identity.IdentityAutoConfiguration;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for what a service logs about its observability when it has started.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ExportAutoConfiguration.class, IdentityAutoConfiguration.class })
@ConditionalOnObservabilityEnabled
public final class StartupReportAutoConfiguration {

	StartupReportAutoConfiguration() {
	}

	@Bean
	StartupReport flowforgeStartupReport(ApplicationContext context, ServiceIdentity identity,
			ObjectProvider<TelemetryDestinations> destinations, ObjectProvider<MetricsAddress> metrics,
			ObjectProvider<Findings> findings) {
		return new StartupReport(context, identity, destinations.getIfAvailable(() -> (signal) -> null),
				metrics.getIfAvailable(), findings);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ExporterHealthRegistry.class)
	static class DestinationsConfiguration {

		@Bean
		TelemetryDestinations flowforgeTelemetryDestinations(ExporterHealthRegistry health) {
			return TelemetryDestinations.of(health);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ PathMappedEndpoints.class, ManagementPortType.class })
	static class MetricsConfiguration {

		@Bean
		MetricsAddress flowforgeMetricsAddress(Environment environment, ObjectProvider<PathMappedEndpoints> endpoints) {
			return new MetricsAddress(environment, endpoints);
		}

	}

}
