package io.flowforge.observability.identity;

import io.flowforge.observability.MetricNames;
import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.limits.AlertsProperties;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetryResourceAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for the identity of the service: as a bean, as the metrics
 * {@code flowforge_service_info} and {@code flowforge_service_version} and, with
 * OpenTelemetry, as OTLP resource and as the metric
 * {@code flowforge_service_environment}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		beforeName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@ConditionalOnObservabilityEnabled
@EnableConfigurationProperties({ AlertsProperties.class, ResourceProperties.class })
@Import(ServiceResourceConfiguration.class)
public final class IdentityAutoConfiguration {

	IdentityAutoConfiguration() {
	}

	@Bean
	OwnerFindings flowforgeOwnerFindings(ServiceIdentity identity) {
		return new OwnerFindings(identity);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		// Without the version: a deploy must not look like a new owner.
		@Bean
		MeterBinder flowforgeServiceInfoMetrics(ServiceIdentity identity, AlertsProperties alerts) {
			String channel = (alerts.getSlackChannel() != null) ? alerts.getSlackChannel() : "";
			return (registry) -> Gauge.builder(MetricNames.SERVICE_INFO, () -> 1)
				.description("Team that owns the service, and channel of its alerts.")
				.tag("team", identity.team())
				.tag("slack_channel", channel)
				.register(registry);
		}

		@Bean
		MeterBinder flowforgeServiceVersionMetrics(ServiceIdentity identity) {
			String version = identity.version();
			return (registry) -> {
				if (version != null) {
					Gauge.builder(MetricNames.SERVICE_VERSION, () -> 1)
						.description("Version that runs.")
						.tag("version", version)
						.register(registry);
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Resource.class, OpenTelemetryResourceAttributes.class })
	static class ResourceConfiguration {

		@Bean
		ResourceFindings flowforgeResourceFindings(Resource resource) {
			return new ResourceFindings(resource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterBinder.class, Resource.class, OpenTelemetryResourceAttributes.class })
	static class ResourceMetricsConfiguration {

		@Bean
		MeterBinder flowforgeServiceEnvironmentMetrics(Resource resource) {
			return (registry) -> Gauge.builder(MetricNames.SERVICE_ENVIRONMENT, () -> 1)
				.description("Environment and name that traces and logs carry.")
				.tag("name", EnvironmentName.of(resource))
				.tag("service_name", serviceName(resource))
				.register(registry);
		}

		private static String serviceName(Resource resource) {
			String name = resource.getAttribute(AttributeKey.stringKey(DeclaredAttributes.SERVICE_NAME));
			return (name != null) ? name : "";
		}

	}

}
