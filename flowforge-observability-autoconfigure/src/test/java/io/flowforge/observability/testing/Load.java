package io.flowforge.observability.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Clients that send requests at a steady rate over connections that they keep.
 */
public final class Load implements AutoCloseable {

	private static final int CLIENTS = 4;

	private final ExecutorService clientThreads = Executors.newFixedThreadPool(CLIENTS);

	private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.executor(this.clientThreads)
		.build();

	private final HttpRequest request;

	/**
	 * Get ready.
	 * @param uri where the requests go
	 */
	public Load(URI uri) {
		this.request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
	}

	/**
	 * Send requests, and wait for the last answer.
	 * @param duration for how long
	 * @param perSecond how many a second
	 * @return how long each took
	 */
	public Latencies send(Duration duration, int perSecond) {
		int each = (int) (duration.toMillis() * perSecond / 1000 / CLIENTS);
		long interval = TimeUnit.SECONDS.toNanos(CLIENTS) / perSecond;
		long start = System.nanoTime();
		List<Callable<long[]>> clients = IntStream.range(0, CLIENTS)
			.<Callable<long[]>>mapToObj((number) -> () -> send(each, start + number * interval / CLIENTS, interval))
			.toList();
		try {
			List<long[]> latencies = new ArrayList<>();
			for (Future<long[]> future : this.threads.invokeAll(clients)) {
				latencies.add(future.get());
			}
			return new Latencies(latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// From when a request was due: one that is held up makes those behind it late.
	private long[] send(int count, long start, long interval) throws IOException, InterruptedException {
		long[] latencies = new long[count];
		for (int sent = 0; sent < count; sent++) {
			long due = start + sent * interval;
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			int status = this.client.send(this.request, HttpResponse.BodyHandlers.discarding()).statusCode();
			if (status != 200) {
				throw new IOException("A request was answered with " + status);
			}
			latencies[sent] = System.nanoTime() - due;
		}
		return latencies;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.clientThreads.shutdownNow();
	}

	/**
	 * How long requests took.
	 */
	public static final class Latencies {

		private final long[] sorted;

		private Latencies(long[] sorted) {
			this.sorted = sorted;
		}

		/**
		 * The requests, all of them answered with 200.
		 * @return their number
		 */
		public int requests() {
			return this.sorted.length;
		}

		/**
		 * What a share of the requests did not exceed.
		 * @param share the share, such as 0.99
		 * @return the latency
		 */
		public Duration percentile(double share) {
			return Duration.ofNanos(this.sorted[(int) Math.ceil(this.sorted.length * share) - 1]);
		}

	}

}
