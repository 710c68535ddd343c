package io.flowforge.observability.web;

import java.io.IOException;

import io.flowforge.observability.tracing.observation.RequestObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.util.WebUtils;

/**
 * Spring's filter that observes requests. In addition it keeps the ids of the server span
 * for what comes after the span's scope, and sends them to the caller. They are sent
 * before the request is handled, so that every response has them, also a streamed or a
 * failed one.
 */
final class RequestTraceFilter extends ServerHttpObservationFilter {

	private static final String FILTERED = RequestTraceFilter.class.getName() + ".FILTERED";

	// Where Spring's filter looks for an observation before it starts one.
	private static final String OBSERVATION = ServerHttpObservationFilter.class.getName() + ".observation";

	private static final ServerRequestObservationConvention SPRINGS_CONVENTION = new DefaultServerRequestObservationConvention();

	private final ObservationRegistry registry;

	private final ServerRequestObservationConvention convention;

	RequestTraceFilter(ObservationRegistry registry, ServerRequestObservationConvention convention) {
		super(registry, convention);
		this.registry = registry;
		this.convention = convention;
	}

	// As Spring's filter does it, with a context that costs less.
	private void startObservation(HttpServletRequest request, HttpServletResponse response) {
		RequestObservationContext context = new RequestObservationContext(request, response);
		Observation observation = ServerHttpObservationDocumentation.HTTP_SERVLET_SERVER_REQUESTS
			.observation(this.convention, SPRINGS_CONVENTION, () -> context, this.registry)
			.start();
		request.setAttribute(OBSERVATION, observation);
		if (!observation.isNoop()) {
			request.setAttribute(CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, observation.getContext());
		}
	}

	@Override
	protected void onScopeOpened(Observation.Scope scope, HttpServletRequest request, HttpServletResponse response) {
		if (request.getDispatcherType() != DispatcherType.REQUEST) {
			return;
		}
		TracingContext tracing = scope.getCurrentObservation().getContext().get(TracingContext.class);
		Span span = (tracing != null) ? tracing.getSpan() : null;
		if (span != null) {
			RequestTrace.of(span.context()).attachTo(request);
			TraceHeadersResponse protectedResponse = WebUtils.getNativeResponse(response, TraceHeadersResponse.class);
			if (protectedResponse != null) {
				protectedResponse.writeTraceHeaders();
			}
		}
	}

	// The exception is logged by somebody who comes after the scope: the container, or
	// Spring Boot's filter for error pages.
	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getAttribute(OBSERVATION) == null) {
			startObservation(request, response);
		}
		boolean completed = false;
		try {
			super.doFilterInternal(request, response, chain);
			completed = true;
		}
		finally {
			RequestTrace trace = completed ? null : RequestTrace.find(request::getAttribute);
			if (trace != null) {
				LoggingContext.put(trace);
			}
		}
	}

	// Else it is made for each request.
	@Override
	protected String getAlreadyFilteredAttributeName() {
		return FILTERED;
	}

}
