package io.flowforge.observability.health;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * A single call of a health indicator. One thread runs it, and another waits for it and
 * records the result.
 */
final class HealthProbe extends FutureTask<Health> {

	private final HealthCheck check;

	private volatile long startedAt = System.nanoTime();

	HealthProbe(HealthCheck check, HealthIndicator indicator) {
		super(() -> check.run(indicator));
		this.check = check;
	}

	@Override
	public void run() {
		this.startedAt = System.nanoTime();
		super.run();
	}

	/**
	 * Return when the indicator was called.
	 * @return the time, as of {@link System#nanoTime()}
	 */
	long startedAt() {
		return this.startedAt;
	}

	/**
	 * Wait for the result.
	 * @param timeout how long to wait
	 * @return whether there is a result
	 * @throws InterruptedException if polling has been stopped
	 */
	boolean await(Duration timeout) throws InterruptedException {
		return await(timeout.toNanos());
	}

	/**
	 * Wait for the result until the indicator's time is up, and then interrupt the
	 * indicator.
	 * @param timeout how long the indicator may take, counted from its call
	 * @throws InterruptedException if polling has been stopped
	 */
	void awaitOrInterrupt(Duration timeout) throws InterruptedException {
		if (!await(this.startedAt + timeout.toNanos() - System.nanoTime())) {
			cancel(true);
			this.check.failed("no answer within %d ms".formatted(timeout.toMillis()));
		}
	}

	private boolean await(long nanos) throws InterruptedException {
		try {
			this.check.completed(get(nanos, TimeUnit.NANOSECONDS));
			return true;
		}
		catch (ExecutionException ex) {
			this.check.failed(String.valueOf(ex.getCause()));
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

}
