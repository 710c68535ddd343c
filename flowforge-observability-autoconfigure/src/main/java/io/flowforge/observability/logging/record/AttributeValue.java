package io.flowforge.observability.logging.record;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.flowforge.observability.redaction.UrlRedactor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;

import org.springframework.util.ClassUtils;

/**
 * The value of a key-value pair as that of an attribute: numbers and booleans, and arrays
 * of them, keep their type, and everything else is text. An array or a collection that is
 * too long is text, too, and shortened.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class AttributeValue {

	private static final int MAX_ELEMENTS = 100;

	// At most, as text.
	private static final int BYTES_OF_NUMBER = 24;

	private AttributeValue() {
	}

	/**
	 * Set an attribute.
	 * @param logRecord the record
	 * @param key name of the attribute
	 * @param value its value
	 * @param urls takes secrets out of texts, before anything is cut
	 * @param maxBytes how long the value may be, in bytes of UTF-8
	 * @return how long it is
	 */
	static int set(LogRecordBuilder logRecord, String key, Object value, UrlRedactor urls, int maxBytes) {
		if (value instanceof Boolean flag) {
			logRecord.setAttribute(AttributeKey.booleanKey(key), flag);
			return BYTES_OF_NUMBER;
		}
		if (isInteger(value.getClass())) {
			logRecord.setAttribute(AttributeKey.longKey(key), ((Number) value).longValue());
			return BYTES_OF_NUMBER;
		}
		if (isFraction(value.getClass())) {
			logRecord.setAttribute(AttributeKey.doubleKey(key), ((Number) value).doubleValue());
			return BYTES_OF_NUMBER;
		}
		if (value instanceof Collection<?> collection) {
			return setElements(logRecord, key, collection.stream(), collection.size(), Object.class, urls, maxBytes);
		}
		if (value.getClass().isArray()) {
			int length = Array.getLength(value);
			return setElements(logRecord, key, IntStream.range(0, length).mapToObj((index) -> Array.get(value, index)),
					length, value.getClass().getComponentType(), urls, maxBytes);
		}
		return setText(logRecord, key, urls.redact(text(value)), maxBytes);
	}

	private static int setText(LogRecordBuilder logRecord, String key, String value, int maxBytes) {
		String text = Utf8.shorten(value, maxBytes);
		logRecord.setAttribute(AttributeKey.stringKey(key), text);
		return (int) Utf8.length(text);
	}

	/**
	 * Return a value as text. One whose {@code toString()} fails must not cost the
	 * record.
	 * @param value the value
	 * @return the text
	 */
	public static String text(Object value) {
		try {
			return String.valueOf(value);
		}
		catch (RuntimeException ex) {
			return "[FAILED toString()]";
		}
	}

	private static int setElements(LogRecordBuilder logRecord, String key, Stream<?> elements, int size, Class<?> type,
			UrlRedactor urls, int maxBytes) {
		List<?> values = elements.limit(MAX_ELEMENTS).filter(Objects::nonNull).toList();
		List<String> texts = values.stream().map((value) -> urls.redact(text(value))).toList();
		int bytes = (int) Math.min(Integer.MAX_VALUE, texts.stream().mapToLong(Utf8::length).sum());
		if (size > MAX_ELEMENTS) {
			return setText(logRecord, key, texts + "… [shortened from %d elements]".formatted(size), maxBytes);
		}
		if (bytes > maxBytes) {
			return setText(logRecord, key, texts.toString(), maxBytes);
		}
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (boxed == Boolean.class) {
			setList(logRecord, AttributeKey.booleanArrayKey(key), values, Boolean.class::cast);
		}
		else if (isInteger(boxed)) {
			setList(logRecord, AttributeKey.longArrayKey(key), values, (value) -> ((Number) value).longValue());
		}
		else if (isFraction(boxed)) {
			setList(logRecord, AttributeKey.doubleArrayKey(key), values, (value) -> ((Number) value).doubleValue());
		}
		else {
			setList(logRecord, AttributeKey.stringArrayKey(key), texts, Function.identity());
		}
		return bytes;
	}

	private static <E, T> void setList(LogRecordBuilder logRecord, AttributeKey<List<T>> key, List<E> values,
			Function<E, T> conversion) {
		if (!values.isEmpty()) {
			logRecord.setAttribute(key, values.stream().map(conversion).toList());
		}
	}

	private static boolean isInteger(Class<?> type) {
		return type == Long.class || type == Integer.class || type == Short.class || type == Byte.class;
	}

	private static boolean isFraction(Class<?> type) {
		return type == Double.class || type == Float.class;
	}

}
