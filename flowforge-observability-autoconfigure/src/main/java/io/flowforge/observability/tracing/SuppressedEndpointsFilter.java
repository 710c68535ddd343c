package io.flowforge.observability.tracing;

import java.io.IOException;
import java.util.function.Predicate;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Suppresses tracing for requests to actuator endpoints. They are probes and scrapes, and
 * would be most of the traces of a quiet service.
 */
final class SuppressedEndpointsFilter extends OncePerRequestFilter {

	private static final String FILTERED = SuppressedEndpointsFilter.class.getName() + ".FILTERED";

	private static final String SUPPRESSED = SuppressedEndpointsFilter.class.getName() + ".suppressed";

	private final Predicate<HttpServletRequest> endpoints;

	private SuppressedEndpointsFilter(Predicate<HttpServletRequest> endpoints) {
		this.endpoints = endpoints;
	}

	// Before the filter that starts the observation of the request, and before those of
	// Spring Security, which also filter error pages.
	static FilterRegistrationBean<SuppressedEndpointsFilter> register(Predicate<HttpServletRequest> endpoints) {
		FilterRegistrationBean<SuppressedEndpointsFilter> registration = new FilterRegistrationBean<>(
				new SuppressedEndpointsFilter(endpoints));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	// An attribute, because the path of an error page does not say which request failed.
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getAttribute(SUPPRESSED) == null && !this.endpoints.test(request);
	}

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
		request.setAttribute(SUPPRESSED, true);
		try (Scope scope = SuppressedTracing.suppress(Context.current()).makeCurrent()) {
			chain.doFilter(request, response);
		}
	}

	@Override
	protected void doFilterNestedErrorDispatch(HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws ServletException, IOException {
		doFilterInternal(request, response, chain);
	}

	// Else it is made for each request.
	@Override
	protected String getAlreadyFilteredAttributeName() {
		return FILTERED;
	}

}
