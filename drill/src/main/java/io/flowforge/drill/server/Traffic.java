package io.flowforge.drill.server;

import java.net.URI;
import java.net.http.HttpClient;
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
 * Steady traffic, whatever the service answers.
 */
public final class Traffic implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/**
	 * How many requests may be unanswered: enough for slow answers, and no flood for a
	 * service that hangs.
	 */
	private static final int MAX_UNANSWERED = 100;

	private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final Semaphore permits = new Semaphore(MAX_UNANSWERED);

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
	public Traffic(URI orders, int perSecond) {
		this(() -> Optional.of(order(orders)), perSecond);
	}

	/**
	 * Prepare traffic.
	 * @param requests the next request, if there is an instance to send it to
	 * @param perSecond requests per second
	 */
	public Traffic(Supplier<Optional<HttpRequest>> requests, double perSecond) {
		this.requests = requests;
		this.perSecond = perSecond;
	}

	public static HttpRequest order(URI orders) {
		return HttpRequest.newBuilder(orders.resolve("/orders"))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"sku\":\"A-100\",\"quantity\":1}"))
			.build();
	}

	public static HttpRequest get(URI address) {
		return HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
	}

	/**
	 * Send one request and wait for its answer.
	 * @param request the request
	 * @return the answer, whatever its status
	 */
	public static HttpResponse<Void> send(HttpRequest request) {
		return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.discarding()).join();
	}

	/**
	 * Send again and again, until closed.
	 */
	public void start() {
		pace(this.perSecond);
	}

	/**
	 * Send at another rate.
	 * @param perSecond requests per second
	 */
	public synchronized void pace(double perSecond) {
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
			CLIENT.sendAsync(request.get(), HttpResponse.BodyHandlers.discarding())
				.whenComplete((response, failure) -> this.permits.release());
		}
	}

	@Override
	public void close() {
		this.schedule.shutdownNow();
	}

}
