package io.flowforge.observability.redaction.logback;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * An event with another message, its pattern and its arguments, and with another logging
 * context, key-value pairs and exception.
 */
final class SanitizedEvent implements ILoggingEvent {

	private final ILoggingEvent event;

	private final @Nullable String message;

	private final @Nullable String pattern;

	private final Object @Nullable [] arguments;

	private final Map<String, String> mdc;

	private final @Nullable List<KeyValuePair> pairs;

	private final @Nullable IThrowableProxy throwable;

	SanitizedEvent(ILoggingEvent event, @Nullable String message, @Nullable String pattern,
			Object @Nullable [] arguments, Map<String, String> mdc, @Nullable List<KeyValuePair> pairs,
			@Nullable IThrowableProxy throwable) {
		this.event = event;
		this.message = message;
		this.pattern = pattern;
		this.arguments = arguments;
		this.mdc = mdc;
		this.pairs = pairs;
		this.throwable = throwable;
	}

	@Override
	public @Nullable String getFormattedMessage() {
		return this.message;
	}

	@Override
	public Map<String, String> getMDCPropertyMap() {
		return this.mdc;
	}

	@Override
	@Deprecated
	public Map<String, String> getMdc() {
		return this.mdc;
	}

	@Override
	public @Nullable List<KeyValuePair> getKeyValuePairs() {
		return this.pairs;
	}

	@Override
	public @Nullable IThrowableProxy getThrowableProxy() {
		return this.throwable;
	}

	@Override
	public String getThreadName() {
		return this.event.getThreadName();
	}

	@Override
	public Level getLevel() {
		return this.event.getLevel();
	}

	@Override
	public @Nullable String getMessage() {
		return this.pattern;
	}

	@Override
	public Object @Nullable [] getArgumentArray() {
		return this.arguments;
	}

	@Override
	public String getLoggerName() {
		return this.event.getLoggerName();
	}

	@Override
	public LoggerContextVO getLoggerContextVO() {
		return this.event.getLoggerContextVO();
	}

	@Override
	public StackTraceElement[] getCallerData() {
		return this.event.getCallerData();
	}

	@Override
	public boolean hasCallerData() {
		return this.event.hasCallerData();
	}

	@Override
	public List<Marker> getMarkerList() {
		return this.event.getMarkerList();
	}

	@Override
	public long getTimeStamp() {
		return this.event.getTimeStamp();
	}

	@Override
	public int getNanoseconds() {
		return this.event.getNanoseconds();
	}

	@Override
	public Instant getInstant() {
		return this.event.getInstant();
	}

	@Override
	public long getSequenceNumber() {
		return this.event.getSequenceNumber();
	}

	@Override
	public void prepareForDeferredProcessing() {
		this.event.prepareForDeferredProcessing();
	}

}
