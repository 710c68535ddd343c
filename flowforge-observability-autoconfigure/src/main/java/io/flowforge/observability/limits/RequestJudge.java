package io.flowforge.observability.limits;

import java.util.Map;

import io.flowforge.observability.limits.AlertsProperties.Exclusion;
import jakarta.servlet.RequestDispatcher;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Decides whether a request counts, whether the service failed, and whether it was slow.
 * Everything that needs to know asks this class: the counters, the access log, spans and
 * tail sampling.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class RequestJudge {

	private static final int SWITCHING_PROTOCOLS = 101;

	private static final int FIRST_CLIENT_ERROR = 400;

	private static final int FIRST_ERROR = 500;

	private static final String EVENT_STREAM = "text/event-stream";

	// That of Spring MVC, where requests are not observed.
	private static final String ROUTE = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

	private final ActuatorPath endpoints;

	private final Map<String, Exclusion> excludedRoutes;

	private final long limitNanos;

	RequestJudge(AlertsProperties alerts, ActuatorPath endpoints) {
		this.endpoints = endpoints;
		this.excludedRoutes = alerts.getExcludeRoutes();
		this.limitNanos = alerts.getLatencyP99().toNanos();
	}

	/**
	 * Judge a request that has been answered. Nothing is allocated.
	 * @param <Q> the container's type of requests
	 * @param <S> the container's type of responses
	 * @param status the status of the response
	 * @param nanos how long the request took, in nanoseconds
	 * @param request the container's request
	 * @param response the container's response
	 * @param reader reads from both
	 * @return the verdict
	 */
	public <Q, S> RequestVerdict judge(int status, long nanos, Q request, S response, RequestReader<Q, S> reader) {
		String path = reader.path(request);
		if (path != null && this.endpoints.matches(path, reader.contextPathLength(request))) {
			return RequestVerdict.ENDPOINT;
		}
		if (status == SWITCHING_PROTOCOLS) {
			return RequestVerdict.EXCLUDED;
		}
		Exclusion exclusion = exclusion(path, request, reader);
		if (exclusion == Exclusion.ALL) {
			return RequestVerdict.EXCLUDED;
		}
		boolean failed = isFailed(status, request, reader);
		boolean slow = nanos > this.limitNanos && exclusion == null && !isStream(reader.contentType(response));
		return RequestVerdict.of(failed, slow);
	}

	/**
	 * Whether the client went away before it had the response: that is no failure of the
	 * service.
	 * @param error what ended the handling of the request, {@code null} if nothing did
	 * @return whether the client has closed the connection
	 */
	public static boolean isClientGone(@Nullable Throwable error) {
		return error != null && ClientDisconnect.isCauseOf(error);
	}

	private <Q, S> @Nullable Exclusion exclusion(@Nullable String path, Q request, RequestReader<Q, S> reader) {
		if (this.excludedRoutes.isEmpty()) {
			return null;
		}
		String route = route(request, reader);
		if (route == null && path != null) {
			// What no handler of Spring MVC answers, such as a servlet.
			route = path.substring(Math.min(reader.contextPathLength(request), path.length()));
		}
		return (route != null) ? this.excludedRoutes.get(route) : null;
	}

	private static <Q, S> @Nullable String route(Q request, RequestReader<Q, S> reader) {
		String pattern = (observation(request, reader) instanceof ServerRequestObservationContext context)
				? context.getPathPattern() : null;
		if (pattern == null && reader.attribute(request, ROUTE) instanceof String matched) {
			pattern = matched;
		}
		return (pattern != null && pattern.isEmpty()) ? "/" : pattern;
	}

	// A response that breaks off has a status that says nothing of it.
	private static <Q, S> boolean isFailed(int status, Q request, RequestReader<Q, S> reader) {
		Throwable observed = (observation(request, reader) instanceof ServerRequestObservationContext context)
				? context.getError() : null;
		boolean failed = status >= FIRST_ERROR || (status < FIRST_CLIENT_ERROR && observed != null);
		return failed && !isClientGone(observed)
				&& !(reader.attribute(request, RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable error
						&& isClientGone(error));
	}

	// Its type in no signature: Spring looks at those of beans, and a service without web
	// does not have it.
	private static <Q, S> @Nullable Object observation(Q request, RequestReader<Q, S> reader) {
		return reader.attribute(request, ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE);
	}

	private static boolean isStream(@Nullable String contentType) {
		return contentType != null && contentType.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
	}

}
