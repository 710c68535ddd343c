package io.flowforge.observability.logging;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.flowforge.observability.service.SecretKeys;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Turns Logback's events into OpenTelemetry log records, on the stable part of the API.
 * The trace and span of a record are those of the thread's current span.
 */
final class OpenTelemetryAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	// What exports log records must not make new ones.
	private static final String SDK_LOGGERS = "io.opentelemetry.";

	private static final AttributeKey<String> THREAD_NAME = AttributeKey.stringKey("thread.name");

	private final LoggerProvider loggerProvider;

	private final SecretKeys secretKeys;

	OpenTelemetryAppender(LoggerProvider loggerProvider, SecretKeys secretKeys) {
		this.loggerProvider = loggerProvider;
		this.secretKeys = secretKeys;
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLoggerName().startsWith(SDK_LOGGERS)) {
			return;
		}
		LogRecordBuilder logRecord = this.loggerProvider.get(event.getLoggerName()).logRecordBuilder();
		logRecord.setContext(context(event));
		logRecord.setTimestamp(event.getInstant());
		logRecord.setObservedTimestamp(System.currentTimeMillis(), TimeUnit.MILLISECONDS);
		logRecord.setSeverity(severity(event.getLevel()));
		logRecord.setSeverityText(event.getLevel().toString());
		logRecord.setBody(event.getFormattedMessage());
		logRecord.setAttribute(THREAD_NAME, event.getThreadName());
		event.getMDCPropertyMap().forEach((key, value) -> setAttribute(logRecord, key, value));
		if (event.getKeyValuePairs() != null) {
			for (KeyValuePair pair : event.getKeyValuePairs()) {
				setAttribute(logRecord, pair.key, String.valueOf(pair.value));
			}
		}
		if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
			logRecord.setException(proxy.getThrowable());
		}
		logRecord.emit();
	}

	// Neither the logging context nor a key-value pair refuses a null.
	private void setAttribute(LogRecordBuilder logRecord, @Nullable String key, @Nullable String value) {
		if (key != null && value != null) {
			logRecord.setAttribute(key, this.secretKeys.matches(key) ? SecretKeys.REDACTED : value);
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
		SpanContext remembered = SpanContext.create(loggingContext.getOrDefault("traceId", ""),
				loggingContext.getOrDefault("spanId", ""), TraceFlags.getSampled(), TraceState.getDefault());
		return remembered.isValid() ? current.with(Span.wrap(remembered)) : current;
	}

	private static Severity severity(Level level) {
		return switch (level.levelInt) {
			case Level.TRACE_INT -> Severity.TRACE;
			case Level.DEBUG_INT -> Severity.DEBUG;
			case Level.INFO_INT -> Severity.INFO;
			case Level.WARN_INT -> Severity.WARN;
			case Level.ERROR_INT -> Severity.ERROR;
			default -> Severity.UNDEFINED_SEVERITY_NUMBER;
		};
	}

}
