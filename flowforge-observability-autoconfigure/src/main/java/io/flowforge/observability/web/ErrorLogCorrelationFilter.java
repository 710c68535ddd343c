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
 * Gives what is logged about a failed request the ids of that request. The container logs
 * an uncaught exception, and makes the error page, after the span's scope has been
 * closed; so the ids stay in the logging context until the container is done with the
 * request. In a container that does not clear them, they stay until this filter, the
 * outermost one, is done.
 */
final class ErrorLogCorrelationFilter extends OncePerRequestFilter {

	private static final String FILTERED = ErrorLogCorrelationFilter.class.getName() + ".FILTERED";

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	@SuppressWarnings("try")
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (LoggingContext.isClearedByContainer()) {
			filter(request, response, chain);
			return;
		}
		try (LoggingContext.Restorer restorer = LoggingContext.restoreLater()) {
			filter(request, response, chain);
		}
	}

	@Override
	protected void doFilterNestedErrorDispatch(HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws ServletException, IOException {
		doFilterInternal(request, response, chain);
	}

	private static void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getDispatcherType() != DispatcherType.ERROR) {
			chain.doFilter(request, response);
			return;
		}
		RequestTrace trace = RequestTrace.find(request::getAttribute);
		if (trace != null) {
			LoggingContext.put(trace);
		}
		keepRoute(request, response, chain);
	}

	// The observation of an asynchronous request is still open: without this, its route
	// would become that of the error page.
	private static void keepRoute(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
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

	// Else it is made for each request.
	@Override
	protected String getAlreadyFilteredAttributeName() {
		return FILTERED;
	}

}
