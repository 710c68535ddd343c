package io.flowforge.observability.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;

/**
 * Marks a context whose spans are not wanted. The mark goes where the context goes: to
 * child spans and, with context propagation, to other threads.
 */
final class UntracedRequests {

	private static final ContextKey<Boolean> KEY = ContextKey.named("flowforge-untraced");

	private UntracedRequests() {
	}

	static Context mark(Context context) {
		return context.with(KEY, true);
	}

	static boolean isMarked(Context context) {
		return context.get(KEY) != null;
	}

}
