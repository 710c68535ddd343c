package io.flowforge.observability.health;

import java.time.Duration;

import io.flowforge.observability.settings.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How health indicators are polled.
 *
 * @param enabled whether health indicators are polled and exported as metrics
 * @param interval time between two questions to the same indicator. At least 1ms
 * @param timeout time that one indicator may take before it is interrupted and counts as
 * not up; never more than the interval, which is used where it is shorter. At least 1ms
 * @param repeatWarnings whether an indicator that has failed may log its warnings again
 * at each poll, with Logback
 * @since 0.1.0
 */
@ConfigurationProperties("flowforge.observability.health")
public record HealthMetricsProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10s") Duration interval,
		@DefaultValue("2s") Duration timeout, @DefaultValue("false") boolean repeatWarnings) {

	/**
	 * Check the durations.
	 * @throws InvalidSettingException if one of them is not above 0
	 */
	public HealthMetricsProperties {
		check("interval", interval);
		check("timeout", timeout);
	}

	private static void check(String name, Duration duration) {
		if (duration.compareTo(Duration.ofMillis(1)) < 0) {
			throw new InvalidSettingException("flowforge.observability.health." + name,
					"a duration of at least 1ms, such as 10s");
		}
	}

}
