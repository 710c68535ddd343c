package io.flowforge.observability.telemetry;

import io.flowforge.observability.service.AlertsProperties;
import io.flowforge.observability.service.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.service.Findings;
import io.flowforge.observability.service.ServiceIdentity;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the {@code observability} endpoint of Spring Boot's Actuator. As
 * all endpoints but health it is exposed only where
 * {@code management.endpoints.web.exposure.include} says so.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TelemetryAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({ ServiceIdentity.class, TelemetryItems.class })
public final class ObservabilityEndpointAutoConfiguration {

	ObservabilityEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	ObservabilityEndpoint observabilityEndpoint(ServiceIdentity identity, AlertsProperties alerts, TelemetryItems items,
			DeliveryReporter deliveries, ObjectProvider<Findings> findings) {
		return new ObservabilityEndpoint(identity, alerts, items, deliveries, findings.orderedStream().toList());
	}

}
