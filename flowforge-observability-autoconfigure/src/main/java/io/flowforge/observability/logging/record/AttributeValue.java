package io.flowforge.observability.logging.record;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;

import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;

/**
 * The value of a key-value pair as that of an attribute: numbers and booleans, and arrays
 * of them, keep their type, and everything else is text.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class AttributeValue {

	private AttributeValue() {
	}

	static void set(LogRecordBuilder logRecord, String key, Object value) {
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
			setList(logRecord, AttributeKey.stringArrayKey(key), collection.toArray(), AttributeValue::text);
		}
		else if (value.getClass().isArray()) {
			setArray(logRecord, key, ObjectUtils.toObjectArray(value), value.getClass().getComponentType());
		}
		else {
			logRecord.setAttribute(AttributeKey.stringKey(key), text(value));
		}
	}

	/**
	 * Return a value as text, also one whose {@code toString()} fails: that must not cost
	 * the record.
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

	private static void setArray(LogRecordBuilder logRecord, String key, Object[] values, Class<?> type) {
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
			setList(logRecord, AttributeKey.stringArrayKey(key), values, AttributeValue::text);
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
