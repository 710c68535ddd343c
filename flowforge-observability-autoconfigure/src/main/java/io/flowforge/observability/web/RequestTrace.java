package io.flowforge.observability.web;

import java.util.function.Function;

import io.micrometer.tracing.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace and span id of a request, remembered as request attributes, so that they
 * outlive the span's scope and can be written to the container's access log as
 * {@code %{traceId}r}.
 *
 * @param traceId the trace id
 * @param spanId the id of the server span
 */
record RequestTrace(String traceId, String spanId) {

	/**
	 * Name of the request attribute and of the key in the logging context that the
	 * tracing bridge uses, too.
	 */
	static final String TRACE_ID = "traceId";

	/**
	 * Name of the request attribute and of the key in the logging context that the
	 * tracing bridge uses, too.
	 */
	static final String SPAN_ID = "spanId";

	static void remember(HttpServletRequest request, TraceContext context) {
		request.setAttribute(TRACE_ID, context.traceId());
		request.setAttribute(SPAN_ID, context.spanId());
	}

	static @Nullable RequestTrace of(Function<String, @Nullable Object> attributes) {
		return (attributes.apply(TRACE_ID) instanceof String traceId
				&& attributes.apply(SPAN_ID) instanceof String spanId) ? new RequestTrace(traceId, spanId) : null;
	}

	void putIntoLoggingContext() {
		MDC.put(TRACE_ID, this.traceId);
		MDC.put(SPAN_ID, this.spanId);
	}

	static void removeFromLoggingContext() {
		MDC.remove(TRACE_ID);
		MDC.remove(SPAN_ID);
	}

}
