package io.flowforge.observability.web.accesslog;

import java.util.concurrent.TimeUnit;

import io.flowforge.observability.limits.RequestVerdict;
import io.flowforge.observability.tracing.semconv.HttpRequestNames;
import io.flowforge.observability.web.LoggingContext;
import io.flowforge.observability.web.RequestTrace;
import io.flowforge.observability.web.WebProperties.AccessLog.Requests;
import io.flowforge.observability.web.requests.RequestListener;
import io.flowforge.observability.web.requests.ServerRequestReader;
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
final class AccessLog implements RequestListener {

	private static final Logger logger = LoggerFactory.getLogger("http.access");

	private static final int FIRST_ERROR = 500;

	// Not a status of HTTP, but what proxies log of a client that did not wait.
	private static final int CLIENT_CLOSED_REQUEST = 499;

	private final boolean enabled;

	private final Requests requests;

	/**
	 * Create an instance.
	 * @param enabled whether any request is logged
	 * @param requests which requests are logged
	 */
	AccessLog(boolean enabled, Requests requests) {
		this.enabled = enabled;
		this.requests = requests;
	}

	@Override
	public <Q, S> void completed(RequestVerdict verdict, int status, long nanos, Q request, S response,
			ServerRequestReader<Q, S> reader) {
		boolean failedOrSlow = verdict.isFailed() || verdict.isSlow();
		if (!this.enabled || verdict == RequestVerdict.ENDPOINT
				|| (!failedOrSlow && this.requests == Requests.FAILED_AND_SLOW)) {
			return;
		}
		Level level = failedOrSlow ? Level.WARN : Level.INFO;
		if (logger.isEnabledForLevel(level)) {
			boolean clientGone = status >= FIRST_ERROR && verdict.isCounted() && !verdict.isFailed();
			log(level, clientGone ? CLIENT_CLOSED_REQUEST : status, nanos, request, response, reader);
		}
	}

	private static <Q, S> void log(Level level, int status, long nanos, Q request, S response,
			ServerRequestReader<Q, S> reader) {
		RequestTrace trace = RequestTrace.find(request, reader);
		if (trace != null) {
			LoggingContext.put(trace);
		}
		try {
			write(level, status, nanos, request, response, reader);
		}
		finally {
			LoggingContext.clear();
		}
	}

	private static <Q, S> void write(Level level, int status, long nanos, Q request, S response,
			ServerRequestReader<Q, S> reader) {
		String method = HttpRequestNames.method(reader.method(request));
		String route = route(request, reader);
		long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
		long size = reader.bodySize(request, response);
		String userAgent = UserAgentFamily.of(reader.userAgent(request));
		LoggingEventBuilder event = logger.atLevel(level).addKeyValue("http.request.method", method);
		if (route != null) {
			event = event.addKeyValue("http.route", route);
		}
		event = event.addKeyValue("http.response.status_code", status);
		if (size != ServerRequestReader.UNKNOWN_SIZE) {
			event = event.addKeyValue("http.response.body.size", size);
		}
		event.addKeyValue("user_agent.name", userAgent)
			.addKeyValue("duration_ms", millis)
			.log(method + " " + ((route != null) ? route + " " : "") + status + " " + millis + " ms "
					+ ((size != ServerRequestReader.UNKNOWN_SIZE) ? size + " B " : "") + userAgent);
	}

	// The same as in the request's span, whichever convention names the metrics.
	private static <Q, S> @Nullable String route(Q request, ServerRequestReader<Q, S> reader) {
		return (reader.attribute(request,
				ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE) instanceof ServerRequestObservationContext context)
						? HttpRequestNames.route(context.getPathPattern()) : null;
	}

}
