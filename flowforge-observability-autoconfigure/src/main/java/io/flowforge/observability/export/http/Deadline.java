package io.flowforge.observability.export.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The end of the time that an export has. What the export uses is closed then, which ends
 * at once whatever its thread waits for: the JDK's sockets have a time-out for reading,
 * but none for writing and none for a whole answer.
 */
final class Deadline implements AutoCloseable {

	private final long end;

	// Whether the time was up before the export ended.
	private final CompletableFuture<Boolean> timer = new CompletableFuture<>();

	private volatile @Nullable Closeable used;

	private volatile boolean over;

	/**
	 * Create an instance.
	 * @param timeout how much time there is from now on
	 */
	Deadline(Duration timeout) {
		long nanos = timeout.toNanos();
		this.end = System.nanoTime() + nanos;
		this.timer.completeOnTimeout(true, nanos, TimeUnit.NANOSECONDS).thenAccept((isUp) -> {
			if (isUp) {
				expire();
			}
		});
	}

	/**
	 * Close something when the time is up.
	 * @param resource what is used from now on
	 * @throws IOException if the time is up and it cannot be closed
	 */
	void closes(Closeable resource) throws IOException {
		this.used = resource;
		if (this.over) {
			resource.close();
		}
	}

	/**
	 * Have the time be up, however much of it is left.
	 */
	void expire() {
		this.over = true;
		Closeable resource = this.used;
		if (resource != null) {
			try {
				resource.close();
			}
			catch (IOException ex) {
				// It is of no more use than a closed one.
			}
		}
	}

	/**
	 * Return how much time is left.
	 * @return the time in nanoseconds
	 */
	long nanosLeft() {
		return this.over ? 0 : Math.max(0, this.end - System.nanoTime());
	}

	/**
	 * Return how long to wait for something.
	 * @param wanted how long that would be
	 * @return that, or what is left if that is less, in nanoseconds
	 */
	long nanosLeft(Duration wanted) {
		long left = nanosLeft();
		return (wanted.compareTo(Duration.ofNanos(left)) < 0) ? wanted.toNanos() : left;
	}

	boolean isOver() {
		return nanosLeft() == 0;
	}

	@Override
	public void close() {
		this.timer.complete(false);
	}

}
