package io.flowforge.dashboards;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON objects.
 */
final class Json {

	private Json() {
	}

	/**
	 * Create an object. Its members keep their order.
	 * @param namesAndValues a name, its value, a name, its value
	 * @return the object
	 */
	static Map<String, Object> object(Object... namesAndValues) {
		Map<String, Object> object = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			object.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return object;
	}

}
