package io.flowforge.samples.inbox.now;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Reads values from answers that may lack them.
 */
final class Json {

	private Json() {
	}

	static Map<String, String> strings(JsonNode object) {
		Map<String, String> strings = new LinkedHashMap<>();
		object.propertyStream().forEach((entry) -> strings.put(entry.getKey(), entry.getValue().asString("")));
		return strings;
	}

	static List<String> list(JsonNode array) {
		return array.valueStream().map((value) -> value.asString("")).toList();
	}

	static Instant instant(JsonNode time) {
		try {
			return OffsetDateTime.parse(time.asString("")).toInstant();
		}
		catch (DateTimeException ex) {
			return Instant.EPOCH;
		}
	}

}
