package io.flowforge.observability.systemtests;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

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

	private final Supplier<Optional<HttpRequest>> requests;

	private double perSecond;

	private @Nullable ScheduledFuture<?> sending;

	/**
	 * Prepare orders.
	 * @param orders address of orders-service
	 * @param perSecond requests per second
	 */
	Traffic(URI orders, int perSecond) {
		this(() -> Optional.of(order(orders)), perSecond);
	}

	/**
	 * Prepare traffic.
	 * @param requests what to send next, if there is anybody to send it to
	 * @param perSecond requests per second
	 */
	Traffic(Supplier<Optional<HttpRequest>> requests, double perSecond) {
		this.requests = requests;
		this.perSecond = perSecond;
	}

	static HttpRequest order(URI orders) {
		return HttpRequest.newBuilder(orders.resolve("/orders"))
			.timeout(Duration.ofSeconds(10))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"sku\":\"A-100\",\"quantity\":1}"))
			.build();
	}

	static HttpRequest get(URI address) {
		return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
	}

	/**
	 * Send again and again, until closed.
	 */
	void start() {
		pace(this.perSecond);
	}

	/**
	 * Send at another rate from now on.
	 * @param perSecond requests per second
	 */
	synchronized void pace(double perSecond) {
		if (this.sending != null) {
			this.sending.cancel(false);
		}
		this.perSecond = perSecond;
		this.sending = this.schedule.scheduleAtFixedRate(this::send, 0, Math.round(1_000_000 / perSecond),
				TimeUnit.MICROSECONDS);
	}

	private void send() {
		Optional<HttpRequest> request = this.requests.get();
		if (request.isPresent() && this.permits.tryAcquire()) {
			Http.CLIENT.sendAsync(request.get(), HttpResponse.BodyHandlers.discarding())
				.whenComplete((response, failure) -> this.permits.release());
		}
	}

	@Override
	public void close() {
		this.schedule.shutdownNow();
	}

}
