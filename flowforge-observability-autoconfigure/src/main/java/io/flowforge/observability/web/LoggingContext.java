package io.flowforge.observability.web;

import io.flowforge.observability.tracing.LoggedTrace;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids of a request in the logging context (SLF4J's {@link MDC}) of the current
 * thread.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class LoggingContext {

	private static final ThreadLocal<Boolean> clearedByContainer = new ThreadLocal<>();

	private LoggingContext() {
	}

	/**
	 * Put the ids of a request into the logging context.
	 * @param trace the ids
	 */
	public static void put(RequestTrace trace) {
		MDC.put(RequestTrace.TRACE_ID, trace.traceId());
		MDC.put(RequestTrace.SPAN_ID, trace.spanId());
		LoggedTrace.setSampled(trace.sampled());
	}

	/**
	 * Remove the ids from the logging context.
	 */
	public static void clear() {
		MDC.remove(RequestTrace.TRACE_ID);
		MDC.remove(RequestTrace.SPAN_ID);
		LoggedTrace.setSampled(false);
	}

	/**
	 * Announce that the container begins to handle a request on this thread, and that it
	 * will call {@link #exitContainer()} when it is done.
	 */
	static void enterContainer() {
		clearedByContainer.set(true);
	}

	/**
	 * Clear the ids: the next request of this thread is another.
	 */
	static void exitContainer() {
		clearedByContainer.remove();
		clear();
	}

	/**
	 * Whether ids may be left to the container. A container that we have not configured,
	 * such as that of a WAR or a MockMvc test, does not clear them.
	 * @return whether the container clears the ids of this thread
	 */
	static boolean isClearedByContainer() {
		return clearedByContainer.get() != null;
	}

	/**
	 * Remember the current ids of this thread.
	 * @return puts them back when it is closed
	 */
	static Restorer restoreLater() {
		String traceId = MDC.get(RequestTrace.TRACE_ID);
		String spanId = MDC.get(RequestTrace.SPAN_ID);
		boolean sampled = LoggedTrace.isSampled();
		return () -> {
			restore(RequestTrace.TRACE_ID, traceId);
			restore(RequestTrace.SPAN_ID, spanId);
			LoggedTrace.setSampled(sampled);
		};
	}

	private static void restore(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

	/**
	 * Puts ids back.
	 */
	@FunctionalInterface
	interface Restorer extends AutoCloseable {

		@Override
		void close();

	}

}
