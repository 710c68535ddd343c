package io.flowforge.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for conditions, for a limited time.
 */
public final class Waiting {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private Waiting() {
	}

	/**
	 * Wait until something is true.
	 * @param complaint what to say if it never is, without the time
	 * @param timeout how long to wait
	 * @param condition what must be true
	 * @throws StackException if it is not in time
	 */
	public static void until(String complaint, Duration timeout, BooleanSupplier condition) {
		forValue(complaint, timeout, () -> Optional.of(true).filter((yes) -> condition.getAsBoolean()));
	}

	/**
	 * Wait until there is a value.
	 * @param <T> its type
	 * @param complaint what to say if there is none, without the time
	 * @param timeout how long to wait
	 * @param source gives the value once there is one
	 * @return the value
	 * @throws StackException if there is none in time
	 */
	public static <T> T forValue(String complaint, Duration timeout, Supplier<Optional<T>> source) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (true) {
			Optional<T> value = source.get();
			if (value.isPresent()) {
				return value.get();
			}
			if (System.nanoTime() > deadline) {
				throw new StackException("%s (waited %d s).".formatted(complaint, timeout.toSeconds()));
			}
			pause();
		}
	}

	/**
	 * Wait a moment between two looks at something.
	 */
	public static void pause() {
		try {
			Thread.sleep(INTERVAL.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted.", ex);
		}
	}

}
