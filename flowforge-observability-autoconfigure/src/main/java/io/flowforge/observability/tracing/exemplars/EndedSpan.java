package io.flowforge.observability.tracing.exemplars;

import org.jspecify.annotations.Nullable;

/**
 * The server span of a request that the container is done with. Its scope has been
 * closed, but what is measured about the request then can still have it as an exemplar.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public interface EndedSpan {

	/**
	 * Return the trace id.
	 * @return the id, in hexadecimal digits
	 */
	String traceId();

	/**
	 * Return the span id.
	 * @return the id, in hexadecimal digits
	 */
	String spanId();

	/**
	 * Whether the span was sampled when it started.
	 * @return whether it was
	 */
	boolean sampled();

	/**
	 * The span of what is measured on the current thread. A scope would do the same, but
	 * is made for each request, and puts the ids into the logging context.
	 */
	final class Current {

		private static final ThreadLocal<@Nullable EndedSpan> current = new ThreadLocal<>();

		private Current() {
		}

		/**
		 * Set the span.
		 * @param span the span, or {@code null} if there is none any more
		 */
		public static void set(@Nullable EndedSpan span) {
			current.set(span);
		}

		static @Nullable EndedSpan get() {
			return current.get();
		}

	}

}
