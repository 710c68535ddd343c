package io.flowforge.observability.limits;

import java.util.Collection;
import java.util.List;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.PropertiesMeterFilter;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration for the service's own limits: as {@code flowforge_alert_threshold},
 * as a bucket of the request histograms, and as the judge of each request.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnObservabilityEnabled
@EnableConfigurationProperties(AlertsProperties.class)
public final class LimitsAutoConfiguration {

	private static final boolean ENDPOINTS = ClassUtils.isPresent(
			"org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints",
			LimitsAutoConfiguration.class.getClassLoader());

	LimitsAutoConfiguration() {
	}

	@Bean
	ActuatorPath flowforgeActuatorPath(Environment environment, BeanFactory beanFactory) {
		return ActuatorPath.of(environment, () -> ENDPOINTS ? endpointPaths(beanFactory) : List.of());
	}

	private static Collection<String> endpointPaths(BeanFactory beanFactory) {
		return beanFactory.getBeanProvider(PathMappedEndpoints.class)
			.stream()
			.flatMap((endpoints) -> endpoints.getAllPaths().stream())
			.toList();
	}

	@Bean
	RequestJudge flowforgeRequestJudge(AlertsProperties alerts, ActuatorPath endpoints) {
		return new RequestJudge(alerts, endpoints);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		AlertThresholdMetrics flowforgeAlertThresholdMetrics(AlertsProperties alerts) {
			return new AlertThresholdMetrics(alerts);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterBinder.class, ObservationProperties.class })
	@EnableConfigurationProperties(ObservationProperties.class)
	static class BucketsConfiguration {

		// After Spring Boot's filter, which applies the user's own boundaries.
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		LatencyBucketsFilter flowforgeLatencyBucketsFilter(ObservationProperties observations, ActuatorPath endpoints,
				AlertsProperties alerts) {
			return new LatencyBucketsFilter(new RequestTimers(observations), endpoints, alerts.getLatencyP99());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterBinder.class, ObservationProperties.class, PropertiesMeterFilter.class })
	static class PercentilesConfiguration {

		@Bean
		PercentileFindings flowforgePercentileFindings(ObservationProperties observations,
				ObjectProvider<PropertiesMeterFilter> filter) {
			return new PercentileFindings(new RequestTimers(observations), filter);
		}

	}

}
