package io.flowforge.observability.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.flowforge.observability.service.UntracedWork;
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

	private final Gauge.Builder<HealthCheck> gauge;

	private final AtomicBoolean busy = new AtomicBoolean();

	private boolean registered;

	private volatile double up;

	HealthCheck(String component, HealthIndicator indicator) {
		this.indicator = indicator;
		this.gauge = Gauge.builder("flowforge.health.up", this, (check) -> check.up)
			.description("Whether a health component is up (1) or not (0), as of the last poll in the background.")
			.tag("component", component);
	}

	/**
	 * Ask the indicator, unless it is still busy with an earlier question.
	 * @param workers run the indicator
	 * @param registry takes the answer, and knows nothing of the indicator before the
	 * first
	 * @param timeout how long to wait for its answer
	 * @throws InterruptedException if polling has been stopped
	 */
	void run(Executor workers, MeterRegistry registry, Duration timeout) throws InterruptedException {
		if (this.busy.compareAndSet(false, true)) {
			CompletableFuture<Boolean> answer = new CompletableFuture<>();
			workers.execute(UntracedWork.of(() -> ask(answer)));
			this.up = await(answer, timeout) ? 1 : 0;
			if (!this.registered) {
				this.registered = true;
				this.gauge.register(registry);
			}
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
