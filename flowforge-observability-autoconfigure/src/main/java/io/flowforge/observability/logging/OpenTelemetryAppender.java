package io.flowforge.observability.logging;

import java.util.Map;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.slf4j.LoggerFactory;

/**
 * The appender of the root logger that gives Logback's events to the {@link LogRelay}.
 */
final class OpenTelemetryAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String NAME = "flowforge-otlp";

	// What exports log records must not make new ones: the SDK, and its HTTP client.
	private static final String SDK_LOGGERS = "io.opentelemetry.";

	private static final String CLIENT_LOGGERS = "okhttp3.";

	private OpenTelemetryAppender() {
	}

	/**
	 * Attach the appender, unless it is attached. Logback loses it with all others when
	 * Spring Boot sets logging up for another application.
	 */
	static void attach() {
		// Another logging library may be bound although Logback's classes are there.
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
			if (root.getAppender(NAME) == null) {
				OpenTelemetryAppender appender = new OpenTelemetryAppender();
				appender.setContext(context);
				appender.setName(NAME);
				appender.start();
				root.addAppender(appender);
			}
		}
	}

	static void detach() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(NAME);
		}
	}

	@Override
	protected void append(ILoggingEvent event) {
		String logger = event.getLoggerName();
		if (!logger.startsWith(SDK_LOGGERS) && !logger.startsWith(CLIENT_LOGGERS)) {
			LogRelay.INSTANCE.accept(event, context(event));
		}
	}

	// The container's own line on a failed request comes after the span's scope: its ids
	// are in the logging context only.
	private static Context context(ILoggingEvent event) {
		Context current = Context.current();
		if (Span.fromContext(current).getSpanContext().isValid()) {
			return current;
		}
		Map<String, String> loggingContext = event.getMDCPropertyMap();
		String traceId = loggingContext.get("traceId");
		String spanId = loggingContext.get("spanId");
		if (traceId == null || spanId == null) {
			return current;
		}
		SpanContext remembered = SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
		return remembered.isValid() ? current.with(Span.wrap(remembered)) : current;
	}

}
