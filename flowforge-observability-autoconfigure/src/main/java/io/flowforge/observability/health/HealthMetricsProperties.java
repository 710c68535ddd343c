package io.flowforge.observability.health;

import java.time.Duration;

import io.flowforge.observability.settings.invalid.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How health indicators are polled.
 *
 * @param enabled Whether health indicators are polled in the background and exported as
 * metrics.
 * @param interval Time between two polls of the same indicator. The value must be at
 * least 1ms.
 * @param timeout Maximum time that an indicator may take. After that it is interrupted
 * and counts as not up. If the interval is shorter, the interval is used. The value must
 * be at least 1ms.
 * @param repeatWarnings Whether an indicator that keeps failing may log its warnings at
 * each poll and not only once. This needs Logback.
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
