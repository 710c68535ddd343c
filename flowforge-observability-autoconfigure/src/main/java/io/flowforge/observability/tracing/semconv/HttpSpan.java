package io.flowforge.observability.tracing.semconv;

import java.util.stream.LongStream;

import io.micrometer.observation.Observation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of received and of sent HTTP requests have in common. Attributes are set
 * on the SDK's span: Micrometer's takes text only, and makes a key for each attribute.
 */
final class HttpSpan {

	/**
	 * The status of a response that has none, because there is no response or the client
	 * cannot tell.
	 */
	static final int NO_STATUS = 0;

	// Boxed once, and not for each request.
	private static final Long[] STATUS_CODES = LongStream.range(0, 600).boxed().toArray(Long[]::new);

	private HttpSpan() {
	}

	static void setMethod(Span span, String name, @Nullable String method) {
		span.setAttribute(HttpAttributes.METHOD, name);
		if (method != null && !method.equals(name)) {
			span.setAttribute(HttpAttributes.METHOD_ORIGINAL, method);
		}
	}

	/**
	 * Describe how a request ended.
	 * @param span the span
	 * @param status the status of the response
	 * @param firstError the lowest status that is an error
	 * @param error the exception that the observation was told of
	 */
	static void setOutcome(Span span, int status, int firstError, @Nullable Throwable error) {
		if (status != NO_STATUS) {
			span.setAttribute(HttpAttributes.STATUS_CODE, boxed(status));
		}
		if (status >= firstError) {
			span.setAttribute(HttpAttributes.ERROR_TYPE, Integer.toString(status));
			// Without a description, which would repeat the status.
			span.setStatus(StatusCode.ERROR);
		}
		else if (error != null) {
			span.setAttribute(HttpAttributes.ERROR_TYPE, error.getClass().getName());
			// A service that answers 404 and says why has not failed.
			if (status < 400) {
				setError(span, error);
			}
		}
	}

	/**
	 * Describe how a request ended whose client did not wait for the response. That is no
	 * error of the service, and a status that is one has never been sent.
	 * @param span the span
	 * @param status the status of the response
	 * @param firstError the lowest status that is an error
	 * @param error the exception that says so
	 */
	static void setClientGone(Span span, int status, int firstError, Throwable error) {
		if (status != NO_STATUS && status < firstError) {
			span.setAttribute(HttpAttributes.STATUS_CODE, boxed(status));
		}
		span.setAttribute(HttpAttributes.ERROR_TYPE, error.getClass().getName());
	}

	/**
	 * Give a span that follows other conventions the status that all have in common.
	 * @param span the span
	 * @param status the status of the response
	 * @param firstError the lowest status that is an error
	 * @param context the context of the observation
	 */
	static void setErrorStatus(Span span, int status, int firstError, Observation.ContextView context) {
		if (status >= firstError) {
			setError(span, context.getError());
		}
	}

	private static void setError(Span span, @Nullable Throwable error) {
		String message = (error != null) ? error.getMessage() : null;
		span.setStatus(StatusCode.ERROR, (message != null) ? message : "");
	}

	private static Long boxed(int status) {
		return (status > 0 && status < STATUS_CODES.length) ? STATUS_CODES[status] : Long.valueOf(status);
	}

}
