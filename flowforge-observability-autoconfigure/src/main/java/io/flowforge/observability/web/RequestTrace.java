package io.flowforge.observability.web;

import java.util.function.Function;

import io.flowforge.observability.limits.RequestReader;
import io.flowforge.observability.tracing.exemplars.EndedSpan;
import io.micrometer.tracing.TraceContext;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a request's trace and of its server span. They are kept as request
 * attributes, because they are needed after the span's scope has been closed.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @param traceId the trace id
 * @param spanId the id of the server span
 * @param sampled whether the span is sampled
 * @since 0.1.0
 */
public record RequestTrace(String traceId, String spanId, boolean sampled) implements EndedSpan {

	/**
	 * Name of a request attribute, and of the key that Spring Boot's tracing uses in the
	 * logging context.
	 */
	static final String TRACE_ID = "traceId";

	/**
	 * Name of a request attribute, and of the key that Spring Boot's tracing uses in the
	 * logging context.
	 */
	static final String SPAN_ID = "spanId";

	private static final String ATTRIBUTE = RequestTrace.class.getName();

	static RequestTrace of(TraceContext context) {
		return new RequestTrace(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
	}

	/**
	 * Find the ids of a request.
	 * @param attributes looks up an attribute of the request
	 * @return the ids, or {@code null} if the request has no span
	 */
	static @Nullable RequestTrace find(Function<String, @Nullable Object> attributes) {
		return (attributes.apply(ATTRIBUTE) instanceof RequestTrace trace) ? trace : null;
	}

	/**
	 * Find the ids of a request of a container.
	 * @param <Q> the container's type of requests
	 * @param request the request
	 * @param reader reads from the request
	 * @return the ids, or {@code null} if the request has no span
	 */
	public static <Q> @Nullable RequestTrace find(Q request, RequestReader<Q, ?> reader) {
		return (reader.attribute(request, ATTRIBUTE) instanceof RequestTrace trace) ? trace : null;
	}

	/**
	 * Keep the ids with a request, also for the container's own access log, which can
	 * write them as {@code %{traceId}r} and {@code %{spanId}r}.
	 * @param request the request
	 */
	void attachTo(ServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
		request.setAttribute(TRACE_ID, this.traceId);
		request.setAttribute(SPAN_ID, this.spanId);
	}

}
