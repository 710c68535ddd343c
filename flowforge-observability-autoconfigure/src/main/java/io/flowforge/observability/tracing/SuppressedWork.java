package io.flowforge.observability.tracing;

import io.opentelemetry.context.Context;

import org.springframework.util.ClassUtils;

/**
 * Work in the background without spans.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class SuppressedWork {

	private static final boolean TRACING = ClassUtils.isPresent("io.opentelemetry.context.Context",
			SuppressedWork.class.getClassLoader());

	private SuppressedWork() {
	}

	/**
	 * Suppress tracing while work runs.
	 * @param work the work
	 * @return the same work in a context without tracing; without OpenTelemetry on the
	 * class path, the work itself
	 */
	public static Runnable of(Runnable work) {
		return TRACING ? SuppressedTracing.suppress(Context.root()).wrap(work) : work;
	}

}
