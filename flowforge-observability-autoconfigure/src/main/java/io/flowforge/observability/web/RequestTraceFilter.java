package io.flowforge.observability.web;

import java.io.IOException;

import io.flowforge.observability.tracing.observation.RequestObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.util.WebUtils;

/**
 * Observes requests as Spring's filter does, with a context that costs less, and to the
 * end of asynchronous requests: Spring's ends the observation at a time-out, when the
 * status is still 200, and then twice again.
 * <p>
 * In addition it keeps the ids of the server span for what comes after the span's scope,
 * and sends them to the caller. They are sent before the request is handled, so that
 * every response has them, also a streamed or a failed one.
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
		Observation observation = observation(request, response);
		boolean completed = false;
		try (Observation.Scope scope = observation.openScope()) {
			onScopeOpened(scope, request, response);
			chain.doFilter(request, response);
			completed = true;
		}
		catch (Exception ex) {
			observation.error(cause(ex));
			response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
			throw ex;
		}
		finally {
			end(observation, request);
			RequestTrace trace = completed ? null : RequestTrace.find(request::getAttribute);
			if (trace != null) {
				LoggingContext.put(trace);
			}
		}
	}

	private Observation observation(HttpServletRequest request, HttpServletResponse response) {
		if (request.getAttribute(OBSERVATION) instanceof Observation started) {
			return started;
		}
		RequestObservationContext context = new RequestObservationContext(request, response);
		Observation observation = ServerHttpObservationDocumentation.HTTP_SERVLET_SERVER_REQUESTS
			.observation(this.convention, SPRINGS_CONVENTION, () -> context, this.registry)
			.start();
		request.setAttribute(OBSERVATION, observation);
		if (!observation.isNoop()) {
			request.setAttribute(CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, observation.getContext());
		}
		return observation;
	}

	private void end(Observation observation, HttpServletRequest request) {
		if (request.isAsyncStarted()) {
			if (request.getDispatcherType() == DispatcherType.REQUEST) {
				request.getAsyncContext().addListener(new RequestEnd(observation));
			}
		}
		else if (!isAsyncDispatch(request)) {
			if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable error) {
				observation.error(error);
			}
			stop(observation);
		}
	}

	private static void stop(Observation observation) {
		if (!(observation.getContext() instanceof RequestObservationContext context) || context.end()) {
			observation.stop();
		}
	}

	private static @Nullable Throwable cause(@Nullable Throwable failure) {
		return (failure instanceof ServletException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	// Else it is made for each request.
	@Override
	protected String getAlreadyFilteredAttributeName() {
		return FILTERED;
	}

	/**
	 * Ends the observation of an asynchronous request, once, when the container is done
	 * with it: only then its status is final.
	 */
	private static final class RequestEnd implements AsyncListener {

		private final Observation observation;

		RequestEnd(Observation observation) {
			this.observation = observation;
		}

		@Override
		public void onComplete(AsyncEvent event) {
			stop(this.observation);
		}

		// Somebody answers the request now, and then it is complete.
		@Override
		public void onTimeout(AsyncEvent event) {
		}

		@Override
		public void onError(AsyncEvent event) {
			Throwable cause = cause(event.getThrowable());
			if (cause != null) {
				this.observation.error(cause);
			}
		}

		// It is forgotten whenever the request becomes asynchronous again.
		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}
