package io.flowforge.observability.telemetry;

import io.flowforge.observability.service.AlertsProperties;
import io.flowforge.observability.service.EnvironmentName;
import io.flowforge.observability.service.Findings;
import io.flowforge.observability.service.ServiceIdentity;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The {@code observability} endpoint of Spring Boot's Actuator. As all endpoints but
 * health it is exposed only where {@code management.endpoints.web.exposure.include} says
 * so.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
class ObservabilityEndpointConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	ObservabilityEndpoint observabilityEndpoint(ServiceIdentity identity, AlertsProperties alerts, TelemetryItems items,
			DeliveryReporter deliveries, ObjectProvider<Findings> findings) {
		return new ObservabilityEndpoint(identity, alerts, items, deliveries, findings.orderedStream().toList());
	}

	@Bean
	@ConditionalOnAvailableEndpoint(endpoint = ObservabilityEndpoint.class)
	TargetEnvironment targetEnvironment(Resource resource) {
		return new TargetEnvironment(EnvironmentName.of(resource));
	}

}
