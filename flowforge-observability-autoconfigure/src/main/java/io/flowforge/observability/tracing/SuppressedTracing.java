package io.flowforge.observability.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;

/**
 * Suppresses tracing in a context: spans that start in it are dropped. The context passes
 * it on to child spans and, with context propagation, to other threads.
 */
final class SuppressedTracing {

	private static final ContextKey<Boolean> KEY = ContextKey.named("flowforge-suppressed");

	private SuppressedTracing() {
	}

	static Context suppress(Context context) {
		return context.with(KEY, true);
	}

	static boolean isSuppressed(Context context) {
		return context.get(KEY) != null;
	}

}
