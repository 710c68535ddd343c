package io.flowforge.observability.metrics;

import io.flowforge.observability.service.AlertsProperties;
import io.flowforge.observability.service.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.service.ServiceAutoConfiguration;
import io.micrometer.core.instrument.config.MeterFilter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration for the buckets of the request histogram.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ServiceAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnClass({ MeterFilter.class, ObservationProperties.class })
@EnableConfigurationProperties({ ObservationProperties.class, AlertsProperties.class })
public final class RequestMetricsAutoConfiguration {

	RequestMetricsAutoConfiguration() {
	}

	// After Spring Boot's filter, which applies the user's own boundaries.
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	LatencyBucketsFilter latencyBucketsFilter(ObservationProperties observations, AlertsProperties alerts) {
		return new LatencyBucketsFilter(observations.getHttp().getServer().getRequests().getName(),
				alerts.getLatencyP99());
	}

}
