package io.flowforge.observability.limits;

import org.jspecify.annotations.Nullable;

/**
 * Reads what the {@link RequestJudge} needs to know of a request from the types of a
 * container. It holds no request, so that there is one for all of them.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @param <Q> the container's type of requests
 * @param <S> the container's type of responses
 * @since 0.1.0
 */
public interface RequestReader<Q, S> {

	/**
	 * Return the path.
	 * @param request the request
	 * @return the path as the client has sent it, {@code null} if the container could not
	 * read it
	 */
	@Nullable String path(Q request);

	/**
	 * Return the length of the context path, with which the path of a request to the
	 * service begins.
	 * @param request the request
	 * @return the number of characters, 0 if the service is at the root
	 */
	int contextPathLength(Q request);

	/**
	 * Return an attribute of the request.
	 * @param request the request
	 * @param name the name of the attribute
	 * @return the value, or {@code null} if there is none
	 */
	@Nullable Object attribute(Q request, String name);

	/**
	 * Return the type of the response's content.
	 * @param response the response
	 * @return the value of the header, or {@code null} if there is none
	 */
	@Nullable String contentType(S response);

}
