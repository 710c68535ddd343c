package io.flowforge.observability.redaction.logback;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.flowforge.observability.redaction.SecretKeys;
import io.flowforge.observability.redaction.UrlRedactor;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/**
 * Makes events safe to write: without secrets and, as lines of text, without values that
 * could begin a line of their own. Nearly all events are safe already, and are returned
 * as they are.
 */
final class LogEventSanitizer {

	private static final List<String> TRACE_IDS = List.of("traceId", "spanId");

	private final SecretKeys secretKeys;

	private final UrlRedactor urls;

	private final boolean text;

	private final UnaryOperator<String> exceptionMessages = this::exceptionMessage;

	LogEventSanitizer(SecretKeys secretKeys, boolean text) {
		this.secretKeys = secretKeys;
		this.urls = new UrlRedactor(secretKeys);
		this.text = text;
	}

	ILoggingEvent from(ILoggingEvent event) {
		String message = message(event);
		Map<String, String> mdc = mdc(event.getMDCPropertyMap());
		List<KeyValuePair> pairs = pairs(event.getKeyValuePairs());
		IThrowableProxy throwable = SanitizedThrowable.of(event.getThrowableProxy(), this.exceptionMessages);
		boolean safe = message == event.getFormattedMessage() && mdc == event.getMDCPropertyMap()
				&& pairs == event.getKeyValuePairs() && throwable == event.getThrowableProxy();
		return safe ? event
				: new SanitizedEvent(event, message, pattern(event), arguments(event), mdc, pairs, throwable);
	}

	private @Nullable String message(ILoggingEvent event) {
		String message = event.getFormattedMessage();
		if (message == null) {
			return null;
		}
		boolean lines = this.text && !ControlCharacters.noneIn(message);
		return this.urls.redact(lines ? lines(event) : message);
	}

	// A message may have many lines, such as Spring Boot's failure analysis. An argument
	// may not: a caller could have forged them.
	private static String lines(ILoggingEvent event) {
		Object[] arguments = event.getArgumentArray();
		if (arguments == null) {
			return ControlCharacters.indent(event.getFormattedMessage());
		}
		Object[] escaped = new Object[arguments.length];
		for (int index = 0; index < arguments.length; index++) {
			// As the message has it, also for arrays and for toString methods that fail.
			String argument = MessageFormatter.basicArrayFormat("{}", new Object[] { arguments[index] });
			escaped[index] = ControlCharacters.escape(argument);
		}
		return ControlCharacters.indent(MessageFormatter.basicArrayFormat(event.getMessage(), escaped));
	}

	// Some encoders write what the message is made of, too.
	private @Nullable String pattern(ILoggingEvent event) {
		String pattern = event.getMessage();
		return (pattern != null) ? this.urls.redact(pattern) : null;
	}

	private Object @Nullable [] arguments(ILoggingEvent event) {
		Object[] arguments = event.getArgumentArray();
		return (arguments != null) ? Stream.of(arguments).map(this::safeValue).toArray() : null;
	}

	private String exceptionMessage(String message) {
		boolean lines = this.text && !ControlCharacters.noneIn(message);
		return this.urls.redact(lines ? ControlCharacters.indent(message) : message);
	}

	/**
	 * Leave out what callers have named themselves: the logging context, except for the
	 * ids of the trace, and the key-value pairs.
	 * @param event an event that cannot be written with them
	 * @return the event without them
	 */
	ILoggingEvent withoutPairs(ILoggingEvent event) {
		Map<String, String> mdc = new LinkedHashMap<>(event.getMDCPropertyMap());
		mdc.keySet().retainAll(TRACE_IDS);
		return new SanitizedEvent(event, event.getFormattedMessage(), event.getMessage(), event.getArgumentArray(), mdc,
				null, event.getThrowableProxy());
	}

	private Map<String, String> mdc(Map<String, String> mdc) {
		for (Map.Entry<String, String> entry : mdc.entrySet()) {
			if (!isSafe(entry.getKey(), entry.getValue())) {
				Map<String, String> safe = new LinkedHashMap<>();
				mdc.forEach((key, value) -> safe.put(safeKey(key), (String) safeValue(key, value)));
				return safe;
			}
		}
		return mdc;
	}

	private @Nullable List<KeyValuePair> pairs(@Nullable List<KeyValuePair> pairs) {
		if (pairs == null) {
			return null;
		}
		for (KeyValuePair pair : pairs) {
			if (!isSafe(String.valueOf(pair.key), pair.value)) {
				return pairs.stream().map(this::safe).toList();
			}
		}
		return pairs;
	}

	private KeyValuePair safe(KeyValuePair pair) {
		String key = String.valueOf(pair.key);
		return new KeyValuePair(safeKey(key), safeValue(key, pair.value));
	}

	private boolean isSafe(String key, @Nullable Object value) {
		return safeKey(key) == key && safeValue(key, value) == value;
	}

	private String safeKey(String key) {
		return this.text ? ControlCharacters.escape(key) : key;
	}

	private @Nullable Object safeValue(String key, @Nullable Object value) {
		return this.secretKeys.matches(key) ? SecretKeys.REDACTED : safeValue(value);
	}

	private @Nullable Object safeValue(@Nullable Object value) {
		if (value == null || value instanceof Number || value instanceof Boolean) {
			return value;
		}
		String text = text(value);
		String safe = this.urls.redact(this.text ? ControlCharacters.escape(text) : text);
		return (safe == text) ? value : safe;
	}

	// Not every pattern writes key-value pairs: a value whose toString() fails must not
	// cost a line that does without it.
	private static String text(Object value) {
		try {
			return (value instanceof Object[] array) ? Arrays.deepToString(array) : Objects.toString(value.toString());
		}
		catch (RuntimeException ex) {
			return "[FAILED toString()]";
		}
	}

}
