package io.flowforge.observability.redaction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/**
 * Makes events safe to write: without secrets and, as lines of text, without values that
 * could begin a line of their own. Nearly all of them are, and stay the objects they are.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public final class LogEventSanitizer {

	private final SecretKeys secretKeys;

	private final boolean text;

	LogEventSanitizer(SecretKeys secretKeys, boolean text) {
		this.secretKeys = secretKeys;
		this.text = text;
	}

	ILoggingEvent from(ILoggingEvent event) {
		String message = this.text ? message(event) : event.getFormattedMessage();
		Map<String, String> mdc = mdc(event.getMDCPropertyMap());
		List<KeyValuePair> pairs = pairs(event.getKeyValuePairs());
		IThrowableProxy throwable = this.text ? IndentedThrowable.of(event.getThrowableProxy())
				: event.getThrowableProxy();
		boolean safe = message == event.getFormattedMessage() && mdc == event.getMDCPropertyMap()
				&& pairs == event.getKeyValuePairs() && throwable == event.getThrowableProxy();
		return safe ? event : new SanitizedEvent(event, message, mdc, pairs, throwable);
	}

	// What code logs may have many lines, such as Spring Boot's failure analysis. What it
	// logs about, the arguments, may not: somebody else could have made them up.
	private static @Nullable String message(ILoggingEvent event) {
		String message = event.getFormattedMessage();
		if (message == null || ControlCharacters.noneIn(message)) {
			return message;
		}
		Object[] arguments = event.getArgumentArray();
		if (arguments == null) {
			return ControlCharacters.indent(message);
		}
		Object[] escaped = new Object[arguments.length];
		for (int index = 0; index < arguments.length; index++) {
			// As the message has it, also for arrays and for toString methods that fail.
			String argument = MessageFormatter.basicArrayFormat("{}", new Object[] { arguments[index] });
			escaped[index] = ControlCharacters.escape(argument);
		}
		return ControlCharacters.indent(MessageFormatter.basicArrayFormat(event.getMessage(), escaped));
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
		if (this.secretKeys.matches(key)) {
			return false;
		}
		return !this.text || (ControlCharacters.noneIn(key)
				&& (value instanceof Number || ControlCharacters.noneIn(text(value))));
	}

	private String safeKey(String key) {
		return this.text ? ControlCharacters.escape(key) : key;
	}

	private @Nullable Object safeValue(String key, @Nullable Object value) {
		if (this.secretKeys.matches(key)) {
			return SecretKeys.REDACTED;
		}
		return (this.text && value != null) ? ControlCharacters.escape(text(value)) : value;
	}

	// Not every pattern writes key-value pairs: a value that fails to become text costs
	// no line that would do without it.
	public static String text(@Nullable Object value) {
		try {
			return String.valueOf(value);
		}
		catch (RuntimeException ex) {
			return "[FAILED toString()]";
		}
	}

}
