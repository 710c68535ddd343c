package io.flowforge.observability.health;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.ClassUtils;

/**
 * Spring Boot's indicators log a warning with a stack trace each time they fail. When the
 * poll calls a failing indicator again, this filter drops that warning. What indicators
 * log when anybody else calls them stays.
 */
interface RepeatedWarningFilter {

	/**
	 * Run an indicator whose last probe failed.
	 * @param indicator the indicator
	 * @return the health, or {@code null} if the indicator returns none
	 */
	default @Nullable Health runAgain(HealthIndicator indicator) {
		return indicator.health();
	}

	/**
	 * Start or stop filtering. The filter is only active while an indicator is failing,
	 * so that it costs nothing otherwise.
	 * @param active whether an indicator is failing
	 */
	default void activate(boolean active) {
	}

	static RepeatedWarningFilter create(boolean repeatWarnings) {
		if (!repeatWarnings && ClassUtils.isPresent("ch.qos.logback.classic.turbo.TurboFilter",
				RepeatedWarningFilter.class.getClassLoader())) {
			return new LogbackRepeatedWarningFilter();
		}
		return new RepeatedWarningFilter() {
		};
	}

}
