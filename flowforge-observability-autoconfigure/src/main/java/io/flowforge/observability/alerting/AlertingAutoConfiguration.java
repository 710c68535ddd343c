package io.flowforge.observability.alerting;

import io.flowforge.observability.service.AlertsProperties;
import io.flowforge.observability.service.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.service.ServiceAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the service's own limits as {@code flowforge_alert_threshold}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ServiceAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnClass(MeterBinder.class)
@EnableConfigurationProperties(AlertsProperties.class)
public final class AlertingAutoConfiguration {

	AlertingAutoConfiguration() {
	}

	@Bean
	AlertThresholdMetrics alertThresholdMetrics(AlertsProperties alerts) {
		return new AlertThresholdMetrics(alerts);
	}

}
