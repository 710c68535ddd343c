package io.flowforge.observability.web.requests;

import io.flowforge.observability.limits.RequestReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a container knows of a completed request.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @param <Q> the container's type of requests
 * @param <S> the container's type of responses
 * @since 0.1.0
 */
public interface ServerRequestReader<Q, S> extends RequestReader<Q, S> {

	/**
	 * The size of a response of which the container does not know it.
	 */
	long UNKNOWN_SIZE = -1;

	/**
	 * Return the method.
	 * @param request the request
	 * @return the method, {@code null} if the container could not read it
	 */
	@Nullable String method(Q request);

	/**
	 * Return the {@code User-Agent} header.
	 * @param request the request
	 * @return the value, {@code null} if there is none
	 */
	@Nullable String userAgent(Q request);

	/**
	 * Return the size of the response body.
	 * @param request the request
	 * @param response the response
	 * @return the number of bytes, or {@link #UNKNOWN_SIZE}
	 */
	long bodySize(Q request, S response);

}
