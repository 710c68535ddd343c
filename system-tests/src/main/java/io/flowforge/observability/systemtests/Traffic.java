package io.flowforge.observability.systemtests;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Steady traffic, whatever becomes of it.
 */
final class Traffic implements AutoCloseable {

	/**
	 * Requests under way at most: enough for slow answers, no flood for a service that
	 * hangs.
	 */
	private static final int UNDER_WAY = 100;

	private final Semaphore permits = new Semaphore(UNDER_WAY);

	private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "traffic");
		thread.setDaemon(true);
		return thread;
	});

	private final HttpRequest request;

	private final int perSecond;

	/**
	 * Prepare orders.
	 * @param orders address of orders-service
	 * @param perSecond requests per second
	 */
	Traffic(URI orders, int perSecond) {
		this.request = HttpRequest.newBuilder(orders.resolve("/orders"))
			.timeout(Duration.ofSeconds(10))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"sku\":\"A-100\",\"quantity\":1}"))
			.build();
		this.perSecond = perSecond;
	}

	/**
	 * Order again and again, until closed.
	 */
	void start() {
		this.schedule.scheduleAtFixedRate(this::send, 0, 1_000_000 / this.perSecond, TimeUnit.MICROSECONDS);
	}

	private void send() {
		if (this.permits.tryAcquire()) {
			Http.CLIENT.sendAsync(this.request, HttpResponse.BodyHandlers.discarding())
				.whenComplete((response, failure) -> this.permits.release());
		}
	}

	@Override
	public void close() {
		this.schedule.shutdownNow();
	}

}
