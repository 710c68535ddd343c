package io.flowforge.observability.web.requests;

import io.flowforge.observability.limits.RequestVerdict;

/**
 * Is called once for each request, when the container is done with it.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RequestListener {

	/**
	 * A request is completed. The response may not have reached the client yet.
	 * @param <Q> the container's type of requests
	 * @param <S> the container's type of responses
	 * @param verdict what became of it
	 * @param status the status of the response
	 * @param nanos how long the request took, in nanoseconds
	 * @param request the container's request
	 * @param response the container's response
	 * @param reader reads from both
	 */
	<Q, S> void completed(RequestVerdict verdict, int status, long nanos, Q request, S response,
			ServerRequestReader<Q, S> reader);

}
