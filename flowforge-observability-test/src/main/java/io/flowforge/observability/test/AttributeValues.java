package io.flowforge.observability.test;

import io.opentelemetry.api.common.Attributes;

/**
 * Compares attributes with what a test expects.
 */
final class AttributeValues {

	private AttributeValues() {
	}

	static boolean contains(Attributes attributes, String key, Object value) {
		Object expected = normalize(value);
		return attributes.asMap()
			.entrySet()
			.stream()
			.anyMatch((entry) -> entry.getKey().getKey().equals(key) && entry.getValue().equals(expected));
	}

	// Attributes have no smaller types.
	private static Object normalize(Object value) {
		if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
			return ((Number) value).longValue();
		}
		return (value instanceof Float number) ? number.doubleValue() : value;
	}

}
