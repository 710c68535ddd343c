package io.flowforge.observability.health;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How health indicators are polled.
 *
 * @param enabled whether health indicators are polled and exported as metrics
 * @param interval time between the end of one poll of all indicators and the start of the
 * next
 * @param timeout time that one indicator may take before it counts as not up
 * @since 0.1.0
 */
@ConfigurationProperties("flowforge.observability.health")
public record HealthMetricsProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10s") Duration interval,
		@DefaultValue("2s") Duration timeout) {

}
