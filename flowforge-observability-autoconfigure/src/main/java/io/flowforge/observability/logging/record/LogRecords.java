package io.flowforge.observability.logging.record;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.flowforge.observability.redaction.SecretKeys;
import io.flowforge.observability.redaction.UrlRedactor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.LogLimits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

import org.springframework.util.CollectionUtils;

/**
 * Turns Logback's events into OpenTelemetry log records, on the stable part of the API.
 * Names and types of the fields are those of OpenTelemetry's own appender for Logback, so
 * that queries made for one hold for the other. No record is larger than what Loki
 * accepts, which counts bytes of UTF-8.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class LogRecords {

	/**
	 * Key of the trace id in the logging context (SLF4J's MDC).
	 */
	public static final String TRACE_ID = "traceId";

	/**
	 * Key of the span id in the logging context (SLF4J's MDC).
	 */
	public static final String SPAN_ID = "spanId";

	private static final AttributeKey<String> THREAD_NAME = AttributeKey.stringKey("thread.name");

	private static final AttributeKey<Boolean> BACKGROUND = AttributeKey.booleanKey("flowforge.background");

	private static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");

	private static final AttributeKey<String> EXCEPTION_STACKTRACE = AttributeKey.stringKey("exception.stacktrace");

	private static final String EXCEPTION_MESSAGE = "exception.message";

	private static final String MARKERS = "logback.marker";

	// Not an attribute: the name of the record itself.
	private static final String EVENT_NAME = "otel.event.name";

	private static final int MAX_NAME_BYTES = 100;

	// What a value may have when the others have used up the room: enough for an id, and
	// for the mark of a longer one.
	private static final int MIN_VALUE_BYTES = 48;

	// Code has a few hundred keys at most; those that callers make up have no end.
	private static final int MAX_KEYS = 1000;

	private final LoggerProvider loggerProvider;

	private final SecretKeys secretKeys;

	private final UrlRedactor urls;

	private final StackTrace stackTrace;

	private final LogRecordProperties.Mdc mdc;

	private final int threadNameLevel;

	private final boolean background;

	private final int maxBodyBytes;

	private final int maxStackTraceBytes;

	private final int maxAttributesBytes;

	private final int maxValueBytes;

	private final Map<String, Key> keys = new ConcurrentHashMap<>();

	/**
	 * Create an instance.
	 * @param loggerProvider makes the records
	 * @param limits the limits of the logger provider
	 * @param settings what a service has set for its records
	 */
	public LogRecords(LoggerProvider loggerProvider, LogLimits limits, LogRecordSettings settings) {
		LogRecordProperties properties = settings.properties();
		this.loggerProvider = loggerProvider;
		this.secretKeys = settings.secretKeys();
		this.urls = new UrlRedactor(this.secretKeys);
		this.stackTrace = new StackTrace(this.urls);
		this.mdc = properties.mdc();
		this.threadNameLevel = Level.toLevel(properties.threadNameLevel().name(), Level.OFF).levelInt;
		this.background = properties.background();
		this.maxBodyBytes = (int) properties.maxBodySize().toBytes();
		// The SDK would cut what is longer without a mark.
		this.maxStackTraceBytes = limits.getMaxAttributeValueLength();
		this.maxAttributesBytes = (int) properties.maxAttributesSize().toBytes();
		this.maxValueBytes = Math.min(this.maxAttributesBytes / 2, limits.getMaxAttributeValueLength());
	}

	/**
	 * Emit the record of an event.
	 * @param event the event
	 * @param context what knows the trace and the span it was logged in
	 */
	public void emit(ILoggingEvent event, Context context) {
		LogRecordBuilder logRecord = this.loggerProvider.get(event.getLoggerName()).logRecordBuilder();
		logRecord.setContext(context);
		logRecord.setTimestamp(event.getInstant());
		logRecord.setSeverity(severity(event.getLevel()));
		logRecord.setSeverityText(event.getLevel().toString());
		if (event.getFormattedMessage() != null) {
			logRecord.setBody(Utf8.shorten(this.urls.redact(event.getFormattedMessage()), this.maxBodyBytes));
		}
		if (event.getLevel().levelInt >= this.threadNameLevel) {
			logRecord.setAttribute(THREAD_NAME, event.getThreadName());
		}
		if (this.background && event.getLevel().levelInt >= Level.ERROR_INT
				&& !RequestThreads.isOne(event.getThreadName())) {
			logRecord.setAttribute(BACKGROUND, true);
		}
		int room = this.maxAttributesBytes;
		if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
			room = setException(logRecord, proxy, room);
		}
		if (!CollectionUtils.isEmpty(event.getMarkerList())) {
			List<String> markers = event.getMarkerList().stream().map(Marker::getName).toList();
			room = setAttribute(logRecord, key(MARKERS), markers, room);
		}
		room = setAttributes(logRecord, event.getMDCPropertyMap(), room);
		setAttributes(logRecord, event.getKeyValuePairs(), room);
		logRecord.emit();
	}

	private int setException(LogRecordBuilder logRecord, ThrowableProxy proxy, int room) {
		Throwable throwable = proxy.getThrowable();
		String type = throwable.getClass().getCanonicalName();
		if (type != null) {
			logRecord.setAttribute(EXCEPTION_TYPE, type);
		}
		logRecord.setAttribute(EXCEPTION_STACKTRACE, this.stackTrace.print(throwable, this.maxStackTraceBytes));
		return setAttribute(logRecord, key(EXCEPTION_MESSAGE), proxy.getMessage(), room);
	}

	private int setAttributes(LogRecordBuilder logRecord, Map<String, String> mdc, int room) {
		int left = room;
		for (Map.Entry<String, String> entry : mdc.entrySet()) {
			Key key = key(entry.getKey());
			if (key != null && key.mdcAttribute()) {
				left = setAttribute(logRecord, key, entry.getValue(), left);
			}
		}
		return left;
	}

	private void setAttributes(LogRecordBuilder logRecord, @Nullable List<KeyValuePair> pairs, int room) {
		if (pairs != null) {
			int left = room;
			for (KeyValuePair pair : pairs) {
				left = setAttribute(logRecord, key(pair.key), pair.value, left);
			}
		}
	}

	/**
	 * Set an attribute, shortened if it is too long.
	 * @param logRecord the record
	 * @param key what is known about the attribute's name
	 * @param value its value
	 * @param room how many bytes this attribute and those that follow may have
	 * @return how many bytes are left to those that follow
	 */
	private int setAttribute(LogRecordBuilder logRecord, @Nullable Key key, @Nullable Object value, int room) {
		if (key == null || value == null) {
			return room;
		}
		int left = room - key.bytes();
		int maxBytes = Math.max(MIN_VALUE_BYTES, Math.min(this.maxValueBytes, left));
		if (key.secret()) {
			return left - setText(logRecord, key, SecretKeys.REDACTED, maxBytes);
		}
		if (key.name().equals(EVENT_NAME)) {
			logRecord.setEventName(Utf8.shorten(this.urls.redact(AttributeValue.text(value)), maxBytes));
			return room;
		}
		if (value instanceof String text) {
			return left - setText(logRecord, key, this.urls.redact(text), maxBytes);
		}
		return left - AttributeValue.set(logRecord, key.name(), value, this.urls, maxBytes);
	}

	private static int setText(LogRecordBuilder logRecord, Key key, String value, int maxBytes) {
		String text = Utf8.shorten(value, maxBytes);
		logRecord.setAttribute(key.text(), text);
		return (int) Utf8.length(text);
	}

	// Neither the logging context nor a key-value pair refuses null as a key.
	private @Nullable Key key(@Nullable String name) {
		if (name == null) {
			return null;
		}
		Key key = this.keys.get(name);
		if (key == null) {
			key = newKey(name);
			if (this.keys.size() < MAX_KEYS) {
				this.keys.put(name, key);
			}
		}
		return key;
	}

	private Key newKey(String name) {
		String shortName = Utf8.shorten(name, MAX_NAME_BYTES);
		return new Key(AttributeKey.stringKey(shortName), (int) Utf8.length(shortName), this.secretKeys.matches(name),
				this.mdc.isAttribute(name));
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

	/**
	 * What is known about the name of an attribute.
	 *
	 * @param text the key of an attribute of this name that is text
	 * @param bytes how long the name is
	 * @param secret whether its value must not leave the service
	 * @param mdcAttribute whether an entry of the logging context becomes an attribute
	 */
	private record Key(AttributeKey<String> text, int bytes, boolean secret, boolean mdcAttribute) {

		String name() {
			return this.text.getKey();
		}

	}

}
