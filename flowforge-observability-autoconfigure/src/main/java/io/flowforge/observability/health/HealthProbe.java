package io.flowforge.observability.health;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * One question to a health indicator: asked on the thread that runs it, answered on the
 * one that waits.
 */
final class HealthProbe extends FutureTask<Health> {

	private final HealthCheck check;

	private volatile long askedAt = System.nanoTime();

	HealthProbe(HealthCheck check, HealthIndicator indicator) {
		super(() -> check.ask(indicator));
		this.check = check;
	}

	@Override
	public void run() {
		this.askedAt = System.nanoTime();
		super.run();
	}

	/**
	 * When the indicator was asked.
	 * @return the time, as of {@link System#nanoTime()}
	 */
	long askedAt() {
		return this.askedAt;
	}

	/**
	 * Wait for the answer.
	 * @param patience how long to wait
	 * @return whether there is an answer
	 * @throws InterruptedException if polling has been stopped
	 */
	boolean awaitAnswer(Duration patience) throws InterruptedException {
		return awaitAnswer(patience.toNanos());
	}

	/**
	 * Wait for the answer until the indicator's time is up, and interrupt it then.
	 * @param timeout how long the indicator may take, since it was asked
	 * @throws InterruptedException if polling has been stopped
	 */
	void awaitAnswerOrInterrupt(Duration timeout) throws InterruptedException {
		if (!awaitAnswer(this.askedAt + timeout.toNanos() - System.nanoTime())) {
			cancel(true);
			this.check.failed("no answer within %d ms".formatted(timeout.toMillis()));
		}
	}

	private boolean awaitAnswer(long nanos) throws InterruptedException {
		try {
			this.check.answered(get(nanos, TimeUnit.NANOSECONDS));
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
