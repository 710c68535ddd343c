package io.flowforge.observability.export;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long the steps of a shutdown may wait, together and one by one.
 */
class ShutdownBudgetTests {

	private static final Duration TOTAL = Duration.ofMillis(1500);

	private final ShutdownBudget budget = new ShutdownBudget();

	@Test
	void timeStartsWithTheFirstStep() throws InterruptedException {
		Thread.sleep(200);
		assertThat(this.budget.left()).isCloseTo(TOTAL, Duration.ofMillis(100));
	}

	@Test
	void stepsThatUseAllTheirTimeStayTogetherBelowTheTotal() throws InterruptedException {
		long start = System.nanoTime();
		Duration first = this.budget.half();
		Thread.sleep(first.toMillis());
		Duration second = this.budget.left();
		assertThat(first).isPositive();
		assertThat(second).isPositive();
		assertThat(Duration.ofNanos(System.nanoTime() - start).plus(second)).isCloseTo(TOTAL, Duration.ofMillis(100));
	}

	@Test
	void lastStepHasSomeTimeEvenIfTheApplicationHasUsedItUp() throws InterruptedException {
		this.budget.half();
		Thread.sleep(TOTAL.toMillis());
		assertThat(this.budget.left()).isEqualTo(Duration.ofMillis(300));
	}

}
