package io.flowforge.drill.scenario;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.launcher.Waiting;

/**
 * How long scenarios wait, in the time of the drill.
 */
final class Pace {

	/**
	 * How long an event may take. The machine may have other work.
	 */
	static final Duration LIMIT = Duration.ofMinutes(2);

	/**
	 * Long enough for most alerts, whose {@code for} is 5 minutes, to fire.
	 */
	static final Duration LONGER_THAN_MOST_ALERTS = scaled(Duration.ofMinutes(5)).plusSeconds(2);

	/**
	 * Long enough for alerts with a {@code for} of one or two minutes to fire.
	 */
	static final Duration LONGER_THAN_FAST_ALERTS = scaled(Duration.ofMinutes(2)).plusSeconds(2);

	private Pace() {
	}

	/**
	 * A duration in the time of the drill.
	 * @param usual the duration at normal speed
	 * @return the scaled duration
	 */
	static Duration scaled(Duration usual) {
		return Duration.ofMillis(Math.round(usual.toMillis() / BackendConfiguration.SPEED.factor()));
	}

	static void await(String complaint, BooleanSupplier condition) {
		Waiting.until(complaint, LIMIT, condition);
	}

	/**
	 * Let time pass in which nothing must happen.
	 * @param time how long
	 */
	static void observe(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		Waiting.until("The time has not passed", LIMIT, () -> System.nanoTime() > end);
	}

}
