package io.flowforge.observability.systemtests;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits for conditions, never for a fixed time.
 */
final class Waiting {

	/**
	 * The progress that nobody wants to see.
	 */
	static final Runnable SILENTLY = () -> {
	};

	private static final long PAUSE_MILLIS = 100;

	private Waiting() {
	}

	/**
	 * Wait until something is there.
	 * @param <T> what it is
	 * @param what what is waited for, for the message if it never comes
	 * @param limit how long to wait at most
	 * @param look looks whether it is there
	 * @param progress runs as long as it is not
	 * @return what came
	 * @throws NotInTimeException if it has not come in time
	 */
	static <T> T until(String what, Duration limit, Supplier<Optional<T>> look, Runnable progress) {
		Instant start = Instant.now();
		while (true) {
			Optional<T> found = look.get();
			if (found.isPresent()) {
				return found.get();
			}
			if (Duration.between(start, Instant.now()).compareTo(limit) > 0) {
				throw new NotInTimeException("%s has not come within %d s".formatted(what, limit.toSeconds()));
			}
			progress.run();
			pause();
		}
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/**
	 * What was waited for has not come.
	 */
	static final class NotInTimeException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NotInTimeException(String message) {
			super(message);
		}

	}

}
