package io.flowforge.observability.limits;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the application itself can know about a request.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class ServletRequestReader implements RequestReader<HttpServletRequest, HttpServletResponse> {

	/**
	 * The only instance that is needed.
	 */
	public static final ServletRequestReader INSTANCE = new ServletRequestReader();

	private ServletRequestReader() {
	}

	@Override
	public @Nullable String path(HttpServletRequest request) {
		return request.getRequestURI();
	}

	@Override
	public int contextPathLength(HttpServletRequest request) {
		return request.getContextPath().length();
	}

	@Override
	public @Nullable Object attribute(HttpServletRequest request, String name) {
		return request.getAttribute(name);
	}

	@Override
	public @Nullable String contentType(HttpServletResponse response) {
		return response.getContentType();
	}

}
