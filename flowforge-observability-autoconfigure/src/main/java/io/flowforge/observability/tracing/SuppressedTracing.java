package io.flowforge.observability.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;

/**
 * Marks a context whose spans are not wanted. The mark goes where the context goes: to
 * child spans and, with context propagation, to other threads.
 *
 * @since 0.1.0
 */
public final class SuppressedTracing {

	private static final ContextKey<Boolean> KEY = ContextKey.named("flowforge-untraced");

	private SuppressedTracing() {
	}

	/**
	 * Mark a context.
	 * @param context the context
	 * @return the same context with the mark
	 */
	public static Context mark(Context context) {
		return context.with(KEY, true);
	}

	/**
	 * Whether spans are not wanted.
	 * @param context the context
	 * @return whether it has the mark
	 */
	public static boolean isMarked(Context context) {
		return context.get(KEY) != null;
	}

}
