package io.flowforge.observability.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Writes an event for each request that the container is done with: {@code WARN} for one
 * that failed or was slow, {@code INFO} for the others. Every value comes from a small
 * set or is a number, so that nothing a caller sends gets into the log.
 */
final class AccessLog {

	private static final Logger logger = LoggerFactory.getLogger("http.access");

	private static final String EXCLUDED = AccessLog.class.getName() + ".excluded";

	// OpenTelemetry's semantic conventions have the same list, and the same word for
	// others.
	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE", "CONNECT", "QUERY");

	private final long slowNanos;

	AccessLog(Duration limit) {
		this.slowNanos = limit.toNanos();
	}

	/**
	 * Let a request have no event.
	 * @param request the request
	 */
	static void exclude(ServletRequest request) {
		request.setAttribute(EXCLUDED, true);
	}

	/**
	 * Write the event of a request.
	 * @param status the status of the response
	 * @param nanos the time the request took, in nanoseconds
	 * @param request what else the container knows of the request, asked for only where
	 * the event is written
	 */
	void log(int status, long nanos, Supplier<ServedRequest> request) {
		try {
			Level level = (status >= 500 || nanos > this.slowNanos) ? Level.WARN : Level.INFO;
			if (logger.isEnabledForLevel(level)) {
				log(level, status, nanos, request.get());
			}
		}
		catch (RuntimeException ex) {
			// Containers do not expect one here: it would end the connection. Nor can it
			// be logged, as it is the log that fails.
		}
	}

	private static void log(Level level, int status, long nanos, ServedRequest request) {
		if (request.attributes().apply(EXCLUDED) != null) {
			return;
		}
		RequestTrace trace = RequestTrace.of(request.attributes());
		if (trace != null) {
			trace.putIntoLoggingContext();
		}
		try {
			write(level, status, nanos, request);
		}
		finally {
			RequestTrace.removeFromLoggingContext();
		}
	}

	private static void write(Level level, int status, long nanos, ServedRequest request) {
		String method = method(request.method());
		String route = route(request.attributes());
		long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
		String userAgent = UserAgentFamily.of(request.userAgent());
		logger.atLevel(level)
			.addKeyValue("http.request.method", method)
			.addKeyValue("http.route", route)
			.addKeyValue("http.response.status_code", status)
			.addKeyValue("http.response.body.size", request.bytes())
			.addKeyValue("user_agent.name", userAgent)
			.addKeyValue("duration_ms", millis)
			.log(method + " " + route + " " + status + " " + millis + " ms " + request.bytes() + " B " + userAgent);
	}

	private static String method(@Nullable String method) {
		return (method != null && METHODS.contains(method)) ? method : "_OTHER";
	}

	// The same as in the metrics.
	private static String route(Function<String, @Nullable Object> attributes) {
		if (attributes.apply(
				ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE) instanceof Observation.Context context) {
			KeyValue uri = context.getLowCardinalityKeyValue("uri");
			KeyValue route = (uri != null) ? uri : context.getLowCardinalityKeyValue("http.route");
			if (route != null) {
				return route.getValue();
			}
		}
		return "UNKNOWN";
	}

	/**
	 * What the container knows of a request that it is done with.
	 *
	 * @param method the method, {@code null} where the container could not read it
	 * @param bytes the size of the response's body, in bytes
	 * @param userAgent the header of that name
	 * @param attributes the request's attributes
	 */
	record ServedRequest(@Nullable String method, long bytes, @Nullable String userAgent,
			Function<String, @Nullable Object> attributes) {

	}

}
