package io.flowforge.observability.logging;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import io.flowforge.observability.redaction.UrlRedactor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;

import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;

/**
 * The value of a key-value pair as that of an attribute: numbers and booleans, and arrays
 * of them, keep their type, and everything else is text.
 */
final class AttributeValue {

	private AttributeValue() {
	}

	static void set(LogRecordBuilder logRecord, String key, Object value, UrlRedactor urls) {
		if (value instanceof Boolean flag) {
			logRecord.setAttribute(AttributeKey.booleanKey(key), flag);
		}
		else if (isInteger(value.getClass())) {
			logRecord.setAttribute(AttributeKey.longKey(key), ((Number) value).longValue());
		}
		else if (isFraction(value.getClass())) {
			logRecord.setAttribute(AttributeKey.doubleKey(key), ((Number) value).doubleValue());
		}
		else if (value instanceof Collection<?> collection) {
			setList(logRecord, AttributeKey.stringArrayKey(key), collection.toArray(),
					(element) -> text(element, urls));
		}
		else if (value.getClass().isArray()) {
			setArray(logRecord, key, ObjectUtils.toObjectArray(value), value.getClass().getComponentType(), urls);
		}
		else {
			logRecord.setAttribute(AttributeKey.stringKey(key), text(value, urls));
		}
	}

	private static String text(Object value, UrlRedactor urls) {
		return urls.redact(text(value));
	}

	// A value whose toString() fails must not cost the record.
	static String text(Object value) {
		try {
			return String.valueOf(value);
		}
		catch (RuntimeException ex) {
			return "[FAILED toString()]";
		}
	}

	private static void setArray(LogRecordBuilder logRecord, String key, Object[] values, Class<?> type,
			UrlRedactor urls) {
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
			setList(logRecord, AttributeKey.stringArrayKey(key), values, (element) -> text(element, urls));
		}
	}

	private static <T> void setList(LogRecordBuilder logRecord, AttributeKey<List<T>> key, Object[] values,
			Function<Object, T> conversion) {
		List<T> list = Stream.of(values).filter(Objects::nonNull).map(conversion).toList();
		if (!list.isEmpty()) {
			logRecord.setAttribute(key, list);
		}
	}

	private static boolean isInteger(Class<?> type) {
		return type == Long.class || type == Integer.class || type == Short.class || type == Byte.class;
	}

	private static boolean isFraction(Class<?> type) {
		return type == Double.class || type == Float.class;
	}

}
