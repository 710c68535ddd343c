package io.flowforge.observability.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * One health indicator and its last answer.
 */
final class HealthCheck {

	private final HealthIndicator indicator;

	private final AtomicBoolean busy = new AtomicBoolean();

	// Not a number until the first answer: no alert fires on a service that is starting.
	private volatile double up = Double.NaN;

	HealthCheck(String component, HealthIndicator indicator, MeterRegistry registry) {
		this.indicator = indicator;
		Gauge.builder("flowforge.health.up", this, (check) -> check.up)
			.description("Whether a health component is up (1) or not (0), as of the last poll in the background.")
			.tag("component", component)
			.register(registry);
	}

	/**
	 * Ask the indicator, unless it is still busy with an earlier question.
	 * @param workers run the indicator
	 * @param timeout how long to wait for its answer
	 * @throws InterruptedException if polling has been stopped
	 */
	void run(Executor workers, Duration timeout) throws InterruptedException {
		if (this.busy.compareAndSet(false, true)) {
			CompletableFuture<Boolean> answer = new CompletableFuture<>();
			workers.execute(() -> ask(answer));
			this.up = await(answer, timeout) ? 1 : 0;
		}
	}

	private void ask(CompletableFuture<Boolean> answer) {
		try {
			Health health = this.indicator.health(false);
			answer.complete(health != null && Status.UP.equals(health.getStatus()));
		}
		catch (RuntimeException | LinkageError ex) {
			answer.complete(false);
		}
		finally {
			this.busy.set(false);
		}
	}

	private static boolean await(CompletableFuture<Boolean> answer, Duration timeout) throws InterruptedException {
		try {
			return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
	}

}
