package io.flowforge.observability.tracing;

import java.io.IOException;

import io.flowforge.observability.service.ActuatorPath;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Marks requests to actuator endpoints as untraced. They are probes and scrapes, and
 * would be most of the traces of a quiet service.
 */
final class UntracedEndpointsFilter extends OncePerRequestFilter {

	private final ActuatorPath actuatorPath;

	UntracedEndpointsFilter(ActuatorPath actuatorPath) {
		this.actuatorPath = actuatorPath;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !this.actuatorPath.matches(request);
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	@SuppressWarnings("try")
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try (Scope scope = UntracedRequests.mark(Context.current()).makeCurrent()) {
			chain.doFilter(request, response);
		}
	}

}
