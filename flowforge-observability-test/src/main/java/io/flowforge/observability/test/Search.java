package io.flowforge.observability.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks for captured items that meet all conditions, and waits for them.
 *
 * @param <T> the type of the items
 */
final class Search<T> {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final int MAX_LINES = 100;

	private final String expectation;

	private final Supplier<List<T>> captured;

	private final Function<List<T>, List<String>> print;

	private final Duration timeout;

	private final List<Predicate<T>> conditions;

	/**
	 * Create a search.
	 * @param expectation what is looked for, in words
	 * @param captured returns what has been captured by now
	 * @param print describes what has been captured, in lines
	 * @param timeout how long to wait
	 * @param conditions what an item must meet
	 */
	Search(String expectation, Supplier<List<T>> captured, Function<List<T>, List<String>> print, Duration timeout,
			List<Predicate<T>> conditions) {
		this.expectation = expectation;
		this.captured = captured;
		this.print = print;
		this.timeout = timeout;
		this.conditions = conditions;
	}

	/**
	 * Look for items that meet another condition, too.
	 * @param description the condition in words, such as {@code with status ERROR}
	 * @param condition the condition
	 * @return the narrower search
	 */
	Search<T> with(String description, Predicate<T> condition) {
		List<Predicate<T>> all = new ArrayList<>(this.conditions);
		all.add(condition);
		return new Search<>(this.expectation + " " + description, this.captured, this.print, this.timeout, all);
	}

	/**
	 * Wait until there are such items.
	 * @return the items, at least one
	 * @throws AssertionError if there are none in time
	 */
	List<T> find() {
		return find((items) -> !items.isEmpty());
	}

	/**
	 * Wait until such items meet a condition together.
	 * @param condition the condition
	 * @return the items
	 * @throws AssertionError if they do not meet it in time
	 */
	List<T> find(Predicate<List<T>> condition) {
		long start = System.nanoTime();
		List<T> captured = this.captured.get();
		while (!condition.test(matching(captured))) {
			if (System.nanoTime() - start > this.timeout.toNanos() || Thread.currentThread().isInterrupted()) {
				throw failure(" within " + this.timeout.toMillis() + " ms", captured);
			}
			LockSupport.parkNanos(POLL_NANOS);
			captured = this.captured.get();
		}
		return matching(captured);
	}

	/**
	 * Check that there are no such items now.
	 * @throws AssertionError if there are
	 */
	void findNone() {
		List<T> captured = this.captured.get();
		if (!matching(captured).isEmpty()) {
			throw failure("", captured);
		}
	}

	private List<T> matching(List<T> items) {
		return items.stream()
			.filter((item) -> this.conditions.stream().allMatch((condition) -> condition.test(item)))
			.toList();
	}

	private AssertionError failure(String time, List<T> captured) {
		List<String> lines = this.print.apply(captured);
		String list = lines.stream().limit(MAX_LINES).map("\n  "::concat).collect(Collectors.joining());
		String more = (lines.size() > MAX_LINES) ? "\n  and " + (lines.size() - MAX_LINES) + " more" : "";
		return new AssertionError(
				this.expectation + time + (lines.isEmpty() ? ". Captured: none" : ". Captured:" + list + more));
	}

}
