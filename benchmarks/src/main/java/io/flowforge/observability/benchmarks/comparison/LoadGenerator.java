package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests from one thread over connections that stay open.
 * <p>
 * At a fixed rate, each request is due at its own time, and its latency counts from then
 * on, whether or not a connection was free. A pause of the application so makes all
 * requests late that were due in it, not only those under way (no coordinated omission).
 */
final class LoadGenerator implements AutoCloseable {

	private static final int CONNECTIONS = 16;

	private static final int ORDERS = 1000;

	private final Selector selector = Selector.open();

	private final Deque<Connection> idle = new ArrayDeque<>();

	private int sent;

	LoadGenerator(int port) throws IOException {
		for (int i = 0; i < CONNECTIONS; i++) {
			this.idle.add(new Connection(port, this.selector));
		}
	}

	/**
	 * Send the next request on each connection as soon as the last one is answered.
	 * @param duration for how long
	 * @return the load, without latencies
	 * @throws IOException if a request fails
	 */
	LoadResult saturate(Duration duration) throws IOException {
		int before = this.sent;
		long start = System.nanoTime();
		long end = start + duration.toNanos();
		for (long now = start; now < end || this.idle.size() < CONNECTIONS; now = System.nanoTime()) {
			while (now < end && !this.idle.isEmpty()) {
				send(now);
			}
			this.selector.select();
			for (SelectionKey key : this.selector.selectedKeys()) {
				receive(key);
			}
			this.selector.selectedKeys().clear();
		}
		return new LoadResult(this.sent - before, (System.nanoTime() - start) / 1e9, new long[0]);
	}

	/**
	 * Send requests at a fixed rate.
	 * @param duration for how long
	 * @param perSecond the rate
	 * @return the load
	 * @throws IOException if a request fails
	 */
	LoadResult send(Duration duration, int perSecond) throws IOException {
		// It does not sleep between requests: many take less time than it needs to wake
		// up.
		return send(duration, perSecond, 0);
	}

	/**
	 * Send requests at a fixed rate on average, a few at once, and leave the core to
	 * others in between.
	 * @param duration for how long
	 * @param perSecond the rate
	 * @throws IOException if a request fails
	 */
	void sendInBatches(Duration duration, int perSecond) throws IOException {
		send(duration, perSecond, 1);
	}

	private LoadResult send(Duration duration, int perSecond, long sleepMillis) throws IOException {
		long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
		long[] latencies = new long[Math.toIntExact(duration.toNanos() / interval)];
		int answered = 0;
		long start = System.nanoTime();
		long due = start;
		while (answered < latencies.length) {
			while (due <= System.nanoTime() && due - start < latencies.length * interval && !this.idle.isEmpty()) {
				send(due);
				due += interval;
			}
			if (sleepMillis > 0) {
				this.selector.select(sleepMillis);
			}
			else {
				this.selector.selectNow();
			}
			for (SelectionKey key : this.selector.selectedKeys()) {
				if (receive(key)) {
					latencies[answered++] = System.nanoTime() - ((Connection) key.attachment()).due();
				}
			}
			this.selector.selectedKeys().clear();
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		Arrays.sort(latencies);
		return new LoadResult(latencies.length, seconds, latencies);
	}

	private void send(long due) throws IOException {
		this.idle.pop().send(this.sent++ % ORDERS, due);
	}

	private boolean receive(SelectionKey key) throws IOException {
		Connection connection = (Connection) key.attachment();
		boolean complete = connection.receive();
		if (complete) {
			this.idle.push(connection);
		}
		return complete;
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			((Connection) key.attachment()).close();
		}
		this.selector.close();
	}

}
