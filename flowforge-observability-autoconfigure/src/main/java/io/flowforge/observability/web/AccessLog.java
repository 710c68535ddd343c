package io.flowforge.observability.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.flowforge.observability.service.ActuatorPath;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes an event for each request that the container is done with: {@code WARN} for one
 * that failed or was slow, {@code INFO} for the others. Every value comes from a small
 * set or is a number, so that nothing a caller sends gets into the log.
 */
final class AccessLog {

	private static final Logger logger = LoggerFactory.getLogger("http.access");

	/**
	 * Name of the request attribute with what was observed of the request, absent where
	 * the request did not get as far as that.
	 */
	static final String OBSERVED = AccessLog.class.getName() + ".observed";

	private static final String ACTUATOR = "actuator";

	// OpenTelemetry's semantic conventions have the same list, and the same word for
	// others.
	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE", "CONNECT");

	private final long slowNanos;

	AccessLog(Duration limit) {
		this.slowNanos = limit.toNanos();
	}

	/**
	 * Remember what an event needs to know of a request.
	 * @param request the request
	 * @param context what is observed of it
	 * @param actuatorPath requests below it have no event
	 */
	static void observe(HttpServletRequest request, Observation.Context context, ActuatorPath actuatorPath) {
		request.setAttribute(OBSERVED, actuatorPath.matches(request) ? ACTUATOR : context);
	}

	/**
	 * Write the event of a request.
	 * @param request what the container knows of the request
	 */
	void log(ServedRequest request) {
		Level level = (request.status() >= 500 || request.nanos() > this.slowNanos) ? Level.WARN : Level.INFO;
		if (!logger.isEnabledForLevel(level) || ACTUATOR.equals(request.observed())) {
			return;
		}
		RequestTrace trace = request.trace();
		if (trace != null) {
			trace.putIntoLoggingContext();
		}
		try {
			log(level, request);
		}
		finally {
			RequestTrace.removeFromLoggingContext();
		}
	}

	private static void log(Level level, ServedRequest request) {
		String method = METHODS.contains(request.method()) ? request.method() : "_OTHER";
		String route = route(request.observed());
		long millis = TimeUnit.NANOSECONDS.toMillis(request.nanos());
		String userAgent = UserAgentFamily.of(request.userAgent());
		logger.atLevel(level)
			.addKeyValue("http.request.method", method)
			.addKeyValue("http.route", route)
			.addKeyValue("http.response.status_code", request.status())
			.addKeyValue("http.response.body.size", request.bytes())
			.addKeyValue("user_agent.name", userAgent)
			.addKeyValue("duration_ms", millis)
			.log(method + " " + route + " " + request.status() + " " + millis + " ms " + request.bytes() + " B "
					+ userAgent);
	}

	// The same as in the metrics.
	private static String route(@Nullable Object observed) {
		if (observed instanceof Observation.Context context) {
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
	 * @param method the method
	 * @param status the status of the response
	 * @param nanos the time it took, in nanoseconds
	 * @param bytes the size of the response's body, in bytes
	 * @param userAgent the header of that name
	 * @param observed the value of the request attribute {@link AccessLog#OBSERVED}
	 * @param trace the ids of the request
	 */
	record ServedRequest(String method, int status, long nanos, long bytes, @Nullable String userAgent,
			@Nullable Object observed, @Nullable RequestTrace trace) {

	}

}
