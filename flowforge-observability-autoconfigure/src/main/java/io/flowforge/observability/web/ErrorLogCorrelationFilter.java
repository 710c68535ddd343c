package io.flowforge.observability.web;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Gives the container the ids of the request that failed. It logs an uncaught exception
 * after the span's scope has been closed, so the one line that matters would have none;
 * nor would what is logged while the error page is made. They stay in the logging context
 * until the container is done with the request.
 */
final class ErrorLogCorrelationFilter extends OncePerRequestFilter {

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			putIdsIntoLoggingContext(request);
			makeErrorPage(request, response, chain);
			return;
		}
		boolean completed = false;
		try {
			chain.doFilter(request, response);
			completed = true;
		}
		finally {
			if (!completed) {
				putIdsIntoLoggingContext(request);
			}
		}
	}

	@Override
	protected void doFilterNestedErrorDispatch(HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws ServletException, IOException {
		doFilterInternal(request, response, chain);
	}

	private static void putIdsIntoLoggingContext(HttpServletRequest request) {
		RequestTrace trace = RequestTrace.of(request::getAttribute);
		if (trace != null) {
			trace.putIntoLoggingContext();
		}
	}

	// The route of an asynchronous request is still to be observed: it is not that of the
	// error page.
	private static void makeErrorPage(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Optional<ServerRequestObservationContext> context = ServerHttpObservationFilter.findObservationContext(request);
		String route = context.map(ServerRequestObservationContext::getPathPattern).orElse(null);
		try {
			chain.doFilter(request, response);
		}
		finally {
			context.ifPresent((observed) -> observed.setPathPattern(route));
		}
	}

}
