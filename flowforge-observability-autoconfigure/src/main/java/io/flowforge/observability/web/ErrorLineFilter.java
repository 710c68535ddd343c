package io.flowforge.observability.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives the container the ids of the request that failed. It logs an uncaught exception
 * after the span's scope has been closed, so the one line that matters would have none.
 * They stay in the logging context until the container is done with the request.
 */
final class ErrorLineFilter extends OncePerRequestFilter {

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean completed = false;
		try {
			chain.doFilter(request, response);
			completed = true;
		}
		finally {
			RequestTrace trace = completed ? null : RequestTrace.of(request);
			if (trace != null) {
				trace.putIntoLoggingContext();
			}
		}
	}

}
