package io.flowforge.observability.web;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Spring's filter that observes requests, which also remembers the ids of the server span
 * and sends them to the caller. They are sent before the request is handled, so that they
 * are there on every response, streamed and failed ones included.
 */
final class RequestTraceFilter extends ServerHttpObservationFilter {

	private final WebProperties properties;

	RequestTraceFilter(ObservationRegistry registry, ServerRequestObservationConvention convention,
			WebProperties properties) {
		super(registry, convention);
		this.properties = properties;
	}

	@Override
	protected void onScopeOpened(Observation.Scope scope, HttpServletRequest request, HttpServletResponse response) {
		if (request.getDispatcherType() != DispatcherType.REQUEST) {
			return;
		}
		TracingContext tracing = scope.getCurrentObservation().getContext().get(TracingContext.class);
		Span span = (tracing != null) ? tracing.getSpan() : null;
		if (span != null) {
			RequestTrace.remember(request, span.context());
			sendTo(response, span.context());
		}
	}

	private void sendTo(HttpServletResponse response, TraceContext context) {
		if (!this.properties.traceIdHeader().isEmpty()) {
			response.setHeader(this.properties.traceIdHeader(), context.traceId());
		}
		if (!this.properties.traceresponseHeader().isEmpty()) {
			String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
			response.setHeader(this.properties.traceresponseHeader(),
					"00-" + context.traceId() + "-" + context.spanId() + "-" + flags);
		}
	}

}
