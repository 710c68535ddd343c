package io.flowforge.observability.web.requests;

import java.io.IOException;

import io.flowforge.observability.limits.ServletRequestReader;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of the container's log in a container that the application has not
 * configured, such as that of a WAR. It does not see what the container itself refuses.
 */
final class RequestFilter implements Filter, ServerRequestReader<HttpServletRequest, HttpServletResponse> {

	private final RequestMonitor monitor;

	RequestFilter(RequestMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
			doFilter(httpRequest, httpResponse, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		long start = System.nanoTime();
		boolean completed = false;
		try {
			chain.doFilter(request, response);
			completed = true;
		}
		finally {
			if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new CompletionListener(start, request, response));
			}
			else {
				// The container makes its error page of an exception after all filters.
				boolean failed = !completed && !response.isCommitted();
				completed(failed ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : response.getStatus(), start, request,
						response);
			}
		}
	}

	private void completed(int status, long start, HttpServletRequest request, HttpServletResponse response) {
		this.monitor.completed(status, System.nanoTime() - start, request, response, this);
	}

	@Override
	public @Nullable String path(HttpServletRequest request) {
		return ServletRequestReader.INSTANCE.path(request);
	}

	@Override
	public int contextPathLength(HttpServletRequest request) {
		return ServletRequestReader.INSTANCE.contextPathLength(request);
	}

	@Override
	public @Nullable Object attribute(HttpServletRequest request, String name) {
		return ServletRequestReader.INSTANCE.attribute(request, name);
	}

	@Override
	public @Nullable String contentType(HttpServletResponse response) {
		return ServletRequestReader.INSTANCE.contentType(response);
	}

	@Override
	public @Nullable String method(HttpServletRequest request) {
		return request.getMethod();
	}

	@Override
	public @Nullable String userAgent(HttpServletRequest request) {
		return request.getHeader("User-Agent");
	}

	@Override
	public long bodySize(HttpServletRequest request, HttpServletResponse response) {
		return UNKNOWN_SIZE;
	}

	private final class CompletionListener implements AsyncListener {

		private final long start;

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		private CompletionListener(long start, HttpServletRequest request, HttpServletResponse response) {
			this.start = start;
			this.request = request;
			this.response = response;
		}

		@Override
		public void onComplete(AsyncEvent event) {
			completed(this.response.getStatus(), this.start, this.request, this.response);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// The request goes on with a dispatch or an error page, and is completed
			// then.
		}

		@Override
		public void onError(AsyncEvent event) {
			// The same.
		}

		// A dispatch may start another cycle, which does not know the listeners of this.
		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}
