package io.flowforge.observability.health;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.health.registry.ReactiveHealthContributorRegistry;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for {@code flowforge_health_up} and {@code flowforge_health_status}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { HealthContributorRegistryAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnObservabilityEnabled
@ConditionalOnClass({ HealthContributorRegistry.class, MeterRegistry.class,
		CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnBean({ HealthContributorRegistry.class, MeterRegistry.class })
@ConditionalOnBooleanProperty(name = "flowforge.observability.health.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HealthMetricsProperties.class)
public final class HealthMetricsAutoConfiguration {

	HealthMetricsAutoConfiguration() {
	}

	@Bean
	HealthPoller flowforgeHealthPoller(HealthContributorRegistry contributors,
			ObjectProvider<ReactiveHealthContributorRegistry> reactiveContributors,
			ObjectProvider<HealthEndpointGroups> groups, MeterRegistry registry, HealthMetricsProperties properties) {
		return new HealthPoller(all(contributors, reactiveContributors.getIfAvailable()), groups.getIfAvailable(),
				registry, properties);
	}

	@Bean
	HealthPollerPause flowforgeHealthPollerPause(HealthPoller poller, ApplicationContext context) {
		return new HealthPollerPause(poller, context);
	}

	// As in the health endpoint, a blocking indicator wins over a reactive one of the
	// same
	// name.
	private static HealthContributors all(HealthContributors contributors,
			@Nullable ReactiveHealthContributors reactiveContributors) {
		return (reactiveContributors != null)
				? HealthContributors.of(contributors, reactiveContributors.asHealthContributors()) : contributors;
	}

}
