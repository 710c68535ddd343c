package io.flowforge.observability.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.flowforge.observability.redaction.SecretKeys;
import io.flowforge.observability.redaction.UrlRedactor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

import org.springframework.util.CollectionUtils;

/**
 * Turns Logback's events into OpenTelemetry log records, on the stable part of the API.
 * Names and types of the fields are those of OpenTelemetry's own appender for Logback, so
 * that queries made for one hold for the other.
 */
final class LogRecords {

	private static final AttributeKey<String> THREAD_NAME = AttributeKey.stringKey("thread.name");

	private static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");

	private static final AttributeKey<String> EXCEPTION_STACKTRACE = AttributeKey.stringKey("exception.stacktrace");

	private static final AttributeKey<List<String>> MARKERS = AttributeKey.stringArrayKey("logback.marker");

	// Not an attribute: the name of the record itself.
	private static final String EVENT_NAME = "otel.event.name";

	// Code has a few hundred keys at most; those that callers make up have no end.
	private static final int MAX_KEYS = 1000;

	private final LoggerProvider loggerProvider;

	private final SecretKeys secretKeys;

	private final UrlRedactor urls;

	private final Map<String, Key> keys = new ConcurrentHashMap<>();

	LogRecords(LoggerProvider loggerProvider, SecretKeys secretKeys) {
		this.loggerProvider = loggerProvider;
		this.secretKeys = secretKeys;
		this.urls = new UrlRedactor(secretKeys);
	}

	/**
	 * Emit the record of an event.
	 * @param event the event
	 * @param context what knows the trace and the span it was logged in
	 */
	void emit(ILoggingEvent event, Context context) {
		LogRecordBuilder logRecord = this.loggerProvider.get(event.getLoggerName()).logRecordBuilder();
		logRecord.setContext(context);
		logRecord.setTimestamp(event.getInstant());
		logRecord.setSeverity(severity(event.getLevel()));
		logRecord.setSeverityText(event.getLevel().toString());
		if (event.getFormattedMessage() != null) {
			logRecord.setBody(this.urls.redact(event.getFormattedMessage()));
		}
		if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
			setException(logRecord, proxy);
		}
		logRecord.setAttribute(THREAD_NAME, event.getThreadName());
		if (!CollectionUtils.isEmpty(event.getMarkerList())) {
			logRecord.setAttribute(MARKERS, event.getMarkerList().stream().map(Marker::getName).toList());
		}
		setAttributes(logRecord, event.getMDCPropertyMap());
		setAttributes(logRecord, event.getKeyValuePairs());
		logRecord.emit();
	}

	// Bounded by management.opentelemetry.logging.limits.max-attribute-value-length.
	private void setException(LogRecordBuilder logRecord, ThrowableProxy proxy) {
		if (hasSecrets(proxy)) {
			Throwable throwable = proxy.getThrowable();
			String message = throwable.getMessage();
			logRecord.setAttribute(EXCEPTION_MESSAGE, (message != null) ? this.urls.redact(message) : null);
			StringWriter stackTrace = new StringWriter();
			throwable.printStackTrace(new PrintWriter(stackTrace));
			logRecord.setAttribute(EXCEPTION_STACKTRACE, this.urls.redact(stackTrace.toString()));
		}
		// Leaves alone what has been set.
		logRecord.setException(proxy.getThrowable());
	}

	private boolean hasSecrets(IThrowableProxy throwable) {
		return hasSecrets(throwable.getMessage()) || hasSecrets(throwable.getOverridingMessage())
				|| (throwable.getCause() != null && hasSecrets(throwable.getCause()))
				|| Stream.of(throwable.getSuppressed()).anyMatch(this::hasSecrets);
	}

	private boolean hasSecrets(@Nullable String message) {
		return message != null && this.urls.redact(message) != message;
	}

	private void setAttributes(LogRecordBuilder logRecord, Map<String, String> mdc) {
		for (Map.Entry<String, String> entry : mdc.entrySet()) {
			setAttribute(logRecord, entry.getKey(), entry.getValue());
		}
	}

	private void setAttributes(LogRecordBuilder logRecord, @Nullable List<KeyValuePair> pairs) {
		if (pairs != null) {
			for (KeyValuePair pair : pairs) {
				setAttribute(logRecord, pair.key, pair.value);
			}
		}
	}

	// Neither the logging context nor a key-value pair refuses a null.
	private void setAttribute(LogRecordBuilder logRecord, @Nullable String name, @Nullable Object value) {
		if (name == null || value == null) {
			return;
		}
		Key key = key(name);
		if (key.secret()) {
			logRecord.setAttribute(key.text(), SecretKeys.REDACTED);
		}
		else if (name.equals(EVENT_NAME)) {
			logRecord.setEventName(this.urls.redact(AttributeValue.text(value)));
		}
		else if (value instanceof String text) {
			logRecord.setAttribute(key.text(), this.urls.redact(text));
		}
		else {
			AttributeValue.set(logRecord, name, value, this.urls);
		}
	}

	private Key key(String name) {
		Key key = this.keys.get(name);
		if (key == null) {
			key = new Key(AttributeKey.stringKey(name), this.secretKeys.matches(name));
			if (this.keys.size() < MAX_KEYS) {
				this.keys.put(name, key);
			}
		}
		return key;
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

	private record Key(AttributeKey<String> text, boolean secret) {

	}

}
