package io.flowforge.observability.logging.json;

import java.util.List;
import java.util.Map;

import org.springframework.boot.json.JsonParserFactory;

/**
 * Lines that are JSON objects, all of them.
 */
final class JsonLines {

	private JsonLines() {
	}

	static List<Map<String, Object>> in(String text) {
		return text.lines().map(JsonParserFactory.getJsonParser()::parseMap).toList();
	}

	/**
	 * The last of the lines that has a member.
	 * @param text all lines
	 * @param name the member's name
	 * @return the line
	 */
	static Map<String, Object> lastWith(String text, String name) {
		return last(in(text).stream().filter((line) -> line.containsKey(name)).toList());
	}

	/**
	 * The last of the lines with a message.
	 * @param text all lines
	 * @param message the message
	 * @return the line
	 */
	static Map<String, Object> lastOf(String text, String message) {
		return last(in(text).stream().filter((line) -> message.equals(line.get("message"))).toList());
	}

	private static Map<String, Object> last(List<Map<String, Object>> lines) {
		return lines.get(lines.size() - 1);
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> object(Map<String, Object> line, String name) {
		return (Map<String, Object>) line.get(name);
	}

}
