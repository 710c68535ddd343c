package io.flowforge.observability.tracing;

import io.opentelemetry.context.Context;

import org.springframework.util.ClassUtils;

/**
 * Work in the background that is to leave no spans.
 *
 * @since 0.1.0
 */
public final class SuppressedWork {

	private static final boolean TRACING = ClassUtils.isPresent("io.opentelemetry.context.Context",
			SuppressedWork.class.getClassLoader());

	private SuppressedWork() {
	}

	/**
	 * Make sure that work leaves no spans.
	 * @param work the work
	 * @return the same work in a marked context; without OpenTelemetry on the class path
	 * the work itself
	 */
	public static Runnable of(Runnable work) {
		return TRACING ? SuppressedTracing.mark(Context.root()).wrap(work) : work;
	}

}
