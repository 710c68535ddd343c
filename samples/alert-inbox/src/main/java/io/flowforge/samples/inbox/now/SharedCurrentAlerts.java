package io.flowforge.samples.inbox.now;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * One look at Prometheus and Alertmanager for all open pages. A page waits briefly for a
 * fresh one, and then takes the last: a backend that hangs must not hold up the messages.
 */
@Component
public class SharedCurrentAlerts implements DisposableBean {

	private static final Duration MAX_AGE = Duration.ofSeconds(1);

	private static final Duration MAX_WAIT = Duration.ofMillis(500);

	private static final CurrentAlerts NOTHING_YET = new CurrentAlerts(List.of(), List.of(),
			List.of("Prometheus and Alertmanager have not answered yet."));

	private final CurrentAlertsReader reader;

	private final ExecutorService executor = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "current-alerts");
		thread.setDaemon(true);
		return thread;
	});

	private volatile CurrentAlerts last = NOTHING_YET;

	private @Nullable CompletableFuture<CurrentAlerts> look;

	private long lookedAt;

	SharedCurrentAlerts(CurrentAlertsReader reader) {
		this.reader = reader;
	}

	/**
	 * Return what is known about the alerts.
	 * @return the alerts, about a second old at most unless a backend hangs
	 */
	public CurrentAlerts get() {
		try {
			return look().get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return this.last;
		}
		catch (ExecutionException | TimeoutException ex) {
			return this.last;
		}
	}

	/**
	 * Make the next page look again, because a silence has changed.
	 */
	synchronized void expire() {
		this.look = null;
	}

	private synchronized CompletableFuture<CurrentAlerts> look() {
		CompletableFuture<CurrentAlerts> look = this.look;
		boolean old = System.nanoTime() - this.lookedAt > MAX_AGE.toNanos();
		if (look == null || (look.isDone() && old)) {
			look = CompletableFuture.supplyAsync(this.reader::read, this.executor);
			look.thenAccept((alerts) -> this.last = alerts);
			this.look = look;
			this.lookedAt = System.nanoTime();
		}
		return look;
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

}
