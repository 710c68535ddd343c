package io.flowforge.observability.web.accesslog;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

import io.flowforge.observability.tracing.semconv.HttpRequestNames;
import io.flowforge.observability.web.LoggingContext;
import io.flowforge.observability.web.RequestTrace;
import io.flowforge.observability.web.WebProperties.AccessLog.Requests;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Logs an event for each completed request that failed or was slow, at {@code WARN}, and
 * if asked to, for all others, at {@code INFO}. Every value is a number or comes from a
 * small set, so that nothing that a caller sends gets into the log.
 */
final class AccessLog {

	private static final Logger logger = LoggerFactory.getLogger("http.access");

	private final Requests requests;

	private final long slowNanos;

	private final Predicate<String> excludedPaths;

	/**
	 * Create an instance.
	 * @param requests which requests are logged
	 * @param limit how long a request may take before it is slow
	 * @param excludedPaths the paths of requests that are not logged
	 */
	AccessLog(Requests requests, Duration limit, Predicate<String> excludedPaths) {
		this.requests = requests;
		this.slowNanos = limit.toNanos();
		this.excludedPaths = excludedPaths;
	}

	/**
	 * Log the event of a request, if it is one of those that are logged.
	 * @param <Q> the container's type of requests
	 * @param <S> the container's type of responses
	 * @param status the status of the response
	 * @param nanos how long the request took, in nanoseconds
	 * @param request the container's request
	 * @param response the container's response
	 * @param reader reads the rest from both, called only if the event is logged. It must
	 * not capture anything, so that it is not made anew for each request.
	 */
	<Q, S> void log(int status, long nanos, Q request, S response, BiFunction<Q, S, ServedRequest> reader) {
		boolean failedOrSlow = status >= 500 || nanos > this.slowNanos;
		if (!failedOrSlow && this.requests == Requests.FAILED_AND_SLOW) {
			return;
		}
		try {
			Level level = failedOrSlow ? Level.WARN : Level.INFO;
			if (logger.isEnabledForLevel(level)) {
				log(level, status, nanos, reader.apply(request, response));
			}
		}
		catch (RuntimeException ex) {
			// The container would close the connection. It cannot be logged either,
			// because
			// logging is what failed.
		}
	}

	private void log(Level level, int status, long nanos, ServedRequest request) {
		String path = request.path();
		if (path != null && this.excludedPaths.test(path)) {
			return;
		}
		RequestTrace trace = RequestTrace.find(request.attributes());
		if (trace != null) {
			LoggingContext.put(trace);
		}
		try {
			write(level, status, nanos, request);
		}
		finally {
			LoggingContext.clear();
		}
	}

	private static void write(Level level, int status, long nanos, ServedRequest request) {
		String method = HttpRequestNames.method(request.method());
		String route = route(request.attributes());
		long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
		String userAgent = UserAgentFamily.of(request.userAgent());
		LoggingEventBuilder event = logger.atLevel(level).addKeyValue("http.request.method", method);
		if (route != null) {
			event = event.addKeyValue("http.route", route);
		}
		event.addKeyValue("http.response.status_code", status)
			.addKeyValue("http.response.body.size", request.bytes())
			.addKeyValue("user_agent.name", userAgent)
			.addKeyValue("duration_ms", millis)
			.log(method + " " + ((route != null) ? route + " " : "") + status + " " + millis + " ms " + request.bytes()
					+ " B " + userAgent);
	}

	// The same as in the request's span, whichever convention names the metrics.
	private static @Nullable String route(Function<String, @Nullable Object> attributes) {
		return (attributes.apply(
				ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE) instanceof ServerRequestObservationContext context)
						? HttpRequestNames.route(context.getPathPattern()) : null;
	}

	/**
	 * What the container knows about a completed request.
	 *
	 * @param method the method, {@code null} if the container could not read it
	 * @param path the path, {@code null} if the container could not read it
	 * @param bytes the size of the response body, in bytes
	 * @param userAgent the {@code User-Agent} header, {@code null} if there is none
	 * @param attributes looks up an attribute of the request
	 */
	record ServedRequest(@Nullable String method, @Nullable String path, long bytes, @Nullable String userAgent,
			Function<String, @Nullable Object> attributes) {

	}

}
