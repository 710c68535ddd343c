package io.flowforge.observability.export;

import java.time.Duration;

/**
 * How long the end of an application may wait for items that still have to be sent. The
 * time starts with the first step that waits, and each step gets what the steps before it
 * have left: together they stay below two seconds, however the receiver behaves.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class ShutdownBudget {

	private static final Duration TOTAL = Duration.ofMillis(1500);

	// Beans of the application that take long to close must not use up all of it: a
	// receiver that answers needs no more than this.
	private static final Duration LEAST = Duration.ofMillis(300);

	private long start;

	private boolean started;

	/**
	 * Return the time for a step that is followed by another.
	 * @return half of what is left
	 */
	public Duration half() {
		return left().dividedBy(2);
	}

	/**
	 * Return the time for the last step.
	 * @return what is left
	 */
	public synchronized Duration left() {
		if (!this.started) {
			this.start = System.nanoTime();
			this.started = true;
		}
		Duration left = TOTAL.minusNanos(System.nanoTime() - this.start);
		return (left.compareTo(LEAST) > 0) ? left : LEAST;
	}

}
