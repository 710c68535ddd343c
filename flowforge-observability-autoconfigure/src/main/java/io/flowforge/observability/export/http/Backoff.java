package io.flowforge.observability.export.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.opentelemetry.sdk.common.export.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The pauses between the attempts of one export.
 */
final class Backoff {

	private final int maxAttempts;

	private final long longest;

	private final double multiplier;

	private double nanos;

	private int attempts = 1;

	/**
	 * Create an instance for the first attempt.
	 * @param policy how many attempts there may be and how long the pauses are,
	 * {@code null} if there is one attempt only
	 */
	Backoff(@Nullable RetryPolicy policy) {
		this.maxAttempts = (policy != null) ? policy.getMaxAttempts() : 1;
		this.nanos = (policy != null) ? policy.getInitialBackoff().toNanos() : 0;
		this.longest = (policy != null) ? policy.getMaxBackoff().toNanos() : 0;
		this.multiplier = (policy != null) ? policy.getBackoffMultiplier() : 1;
	}

	boolean isExhausted() {
		return this.attempts >= this.maxAttempts;
	}

	/**
	 * Go on to the next attempt.
	 * @param wanted how long the receiver wants to be left alone
	 * @return how long to wait before that attempt
	 */
	Duration next(Duration wanted) {
		this.attempts++;
		double pause = Math.min(this.nanos, this.longest);
		this.nanos = pause * this.multiplier;
		// The instances of a service must not come back all at once.
		Duration own = Duration.ofNanos((long) (pause * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
		return (wanted.compareTo(own) > 0) ? wanted : own;
	}

}
