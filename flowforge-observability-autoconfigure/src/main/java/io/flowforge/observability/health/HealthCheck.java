package io.flowforge.observability.health;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * One health indicator and its last answer.
 */
final class HealthCheck {

	private final HealthIndicator indicator;

	private @Nullable Future<Boolean> running;

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
	 * Ask the indicator, unless it is still busy with the last question.
	 * @param workers run the indicator
	 * @param timeout how long to wait for its answer
	 * @throws InterruptedException if polling has been stopped
	 */
	void run(ExecutorService workers, Duration timeout) throws InterruptedException {
		if (this.running != null && !this.running.isDone()) {
			return;
		}
		this.running = workers.submit(this::isUp);
		this.up = await(this.running, timeout) ? 1 : 0;
	}

	private boolean isUp() {
		Health health = this.indicator.health(false);
		return health != null && Status.UP.equals(health.getStatus());
	}

	private static boolean await(Future<Boolean> answer, Duration timeout) throws InterruptedException {
		try {
			return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			return false;
		}
		catch (ExecutionException ex) {
			return false;
		}
	}

}
