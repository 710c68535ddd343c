package io.flowforge.observability.tracing;

/**
 * Whether the trace is sampled whose ids the library has put into the logging context
 * (SLF4J's MDC) of this thread. The logging context holds the ids only, and the span's
 * scope has ended by then.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class LoggedTrace {

	private static final ThreadLocal<Boolean> sampled = new ThreadLocal<>();

	private LoggedTrace() {
	}

	/**
	 * Whether the trace is sampled.
	 * @return {@code false} also if that is not known
	 */
	public static boolean isSampled() {
		return sampled.get() != null;
	}

	/**
	 * Set whether the trace is sampled.
	 * @param value {@code false} also if there is no trace any more
	 */
	public static void setSampled(boolean value) {
		if (value) {
			sampled.set(true);
		}
		else {
			sampled.remove();
		}
	}

}
