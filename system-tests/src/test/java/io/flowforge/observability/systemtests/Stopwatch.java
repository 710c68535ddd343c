package io.flowforge.observability.systemtests;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long each step of a way takes.
 */
final class Stopwatch {

	private final Map<String, Duration> steps = new LinkedHashMap<>();

	<X extends Exception> void time(String step, Step<X> work) throws X {
		long start = System.nanoTime();
		this.steps.put(step, Duration.ZERO);
		work.run();
		this.steps.put(step, Duration.ofNanos(System.nanoTime() - start));
	}

	@Override
	public String toString() {
		return this.steps.entrySet()
			.stream()
			.map((step) -> "%7.1f s  %s".formatted(step.getValue().toMillis() / 1000.0, step.getKey()))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * A step that may fail.
	 *
	 * @param <X> how
	 */
	@FunctionalInterface
	interface Step<X extends Exception> {

		void run() throws X;

	}

}
