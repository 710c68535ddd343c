package io.flowforge.samples.faults;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What is wrong with the service.
 *
 * @param errorRatio share of requests that fail, from 0 to 1
 * @param latency added to every request, at most 30 s: a request must not hold a thread
 * of the server for longer
 * @param failingHealth whether the health component {@code faults} is down
 * @param unknownHealth whether it is UNKNOWN, which is no failure
 * @param draining whether the service refuses traffic, as it does before it ends: its
 * readiness probe fails, and requests work
 */
record Faults(double errorRatio, Duration latency, boolean failingHealth, boolean unknownHealth, boolean draining) {

	private static final Duration MAX_LATENCY = Duration.ofSeconds(30);

	static final Faults NONE = new Faults(0, Duration.ZERO, false, false, false);

	Faults {
		Assert.isTrue(errorRatio >= 0 && errorRatio <= 1, () -> "errorRatio is " + errorRatio + ": use 0 to 1.");
		Assert.isTrue(!latency.isNegative() && latency.compareTo(MAX_LATENCY) <= 0,
				() -> "latency is " + latency + ": use 0s to 30s.");
	}

}
