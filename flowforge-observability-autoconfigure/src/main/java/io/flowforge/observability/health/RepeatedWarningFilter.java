package io.flowforge.observability.health;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.ClassUtils;

/**
 * Spring Boot's indicators warn, with a stack trace, each time they are asked and fail.
 * Asked by each poll they are to do so once for a failure. What they log when anybody
 * else asks them stays.
 */
interface RepeatedWarningFilter {

	/**
	 * Ask an indicator that had failed when it was asked last.
	 * @param indicator the indicator
	 * @return its answer, if it has one
	 */
	default @Nullable Health ask(HealthIndicator indicator) {
		return indicator.health();
	}

	/**
	 * Look at what is logged, or no longer: without failures no log line pays for it.
	 * @param active whether there are failures
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
