package io.flowforge.observability.web;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.util.WebUtils;

/**
 * Protects the trace headers of a response. Comes first, so that all other filters get
 * the protected response, and filters each dispatch, because the container may begin one
 * with its own response.
 */
final class TraceHeadersFilter implements Filter {

	private final TraceHeaders headers;

	TraceHeadersFilter(TraceHeaders headers) {
		this.headers = headers;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(request, protect(request, response));
	}

	private ServletResponse protect(ServletRequest request, ServletResponse response) {
		if (this.headers.isEmpty() || !(request instanceof HttpServletRequest httpRequest)
				|| !(response instanceof HttpServletResponse httpResponse)
				|| WebUtils.getNativeResponse(response, TraceHeadersResponse.class) != null) {
			return response;
		}
		TraceHeadersResponse protectedResponse = new TraceHeadersResponse(httpRequest, httpResponse, this.headers);
		protectedResponse.writeTraceHeaders();
		return protectedResponse;
	}

}
