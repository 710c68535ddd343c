package io.flowforge.observability.benchmarks.comparison;

import java.time.Duration;

/**
 * How long a comparison takes.
 *
 * @param name what its results are called
 * @param rounds how often each variant is measured
 * @param warmUp how long it runs before, at most
 * @param fixedRate how long it is measured at a fixed rate
 * @param saturation how long it is measured at full speed
 */
record Plan(String name, int rounds, Duration warmUp, Duration fixedRate, Duration saturation) {

	/**
	 * Long enough for figures that can be compared.
	 */
	static final Plan FULL = new Plan("comparison", 3, Duration.ofSeconds(45), Duration.ofSeconds(15),
			Duration.ofSeconds(10));

	/**
	 * Long enough to see that everything works.
	 */
	static final Plan QUICK = new Plan("comparison-quick", 1, Duration.ofSeconds(3), Duration.ofSeconds(2),
			Duration.ofSeconds(2));

	/**
	 * The requests a second at the fixed rate: about an eighth of what one core can do,
	 * so that latencies do not depend on how full the core is.
	 */
	static final int REQUESTS_PER_SECOND = 1500;

	/**
	 * The same with another number of rounds.
	 * @param rounds how often each variant is measured
	 * @return the plan
	 */
	Plan withRounds(int rounds) {
		return new Plan(this.name, rounds, this.warmUp, this.fixedRate, this.saturation);
	}

	/**
	 * About how long a variant takes in a round, with its start, its end and the wait for
	 * what it still sends after each phase.
	 * @return the duration
	 */
	Duration trial() {
		return this.warmUp.plus(this.fixedRate).plus(this.saturation).plusSeconds(18);
	}

}
