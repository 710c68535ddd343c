package io.flowforge.observability.benchmarks.comparison;

import java.time.Duration;

/**
 * Prints what is being done, and the time left.
 */
final class Progress {

	private final long start = System.nanoTime();

	private final Duration total;

	private Duration planned = Duration.ZERO;

	Progress(Duration total) {
		this.total = total;
	}

	/**
	 * Print what begins.
	 * @param step what
	 * @param duration how long it is expected to take
	 */
	void begin(String step, Duration duration) {
		// How much longer than expected everything has taken so far.
		double pace = this.planned.isZero() ? 1 : (System.nanoTime() - this.start) / (double) this.planned.toNanos();
		long seconds = Math.round(this.total.minus(this.planned).toSeconds() * pace);
		System.out.printf("%3d %%  %d:%02d left  %s%n", 100 * this.planned.toSeconds() / this.total.toSeconds(),
				seconds / 60, seconds % 60, step);
		this.planned = this.planned.plus(duration);
	}

	/**
	 * Print a result.
	 * @param result what
	 */
	void end(String result) {
		System.out.printf("                   %s%n", result);
	}

}
