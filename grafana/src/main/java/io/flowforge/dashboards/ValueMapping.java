package io.flowforge.dashboards;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts and colours that a panel shows instead of numbers.
 */
final class ValueMapping {

	/**
	 * Whether something is up.
	 */
	static final ValueMapping UP_OR_DOWN = of(0, "down", Colour.WRONG).and(1, "up", Colour.GOOD);

	private final Map<String, Object> options;

	private ValueMapping(Map<String, Object> options) {
		this.options = options;
	}

	static ValueMapping of(int value, String text, Colour colour) {
		return new ValueMapping(Map.of()).and(value, text, colour);
	}

	/**
	 * One text for every value, for a column whose links are made of the value.
	 * @param text the text
	 * @return a mapping in Grafana's model
	 */
	static Map<String, Object> any(String text) {
		return Json.object("type", "regex", "options",
				Json.object("pattern", ".+", "result", Json.object("text", text, "index", 0)));
	}

	/**
	 * What all values begin with is left out.
	 * @param prefix the beginning
	 * @return a mapping in Grafana's model
	 */
	static Map<String, Object> without(String prefix) {
		return Json.object("type", "regex", "options",
				Json.object("pattern", prefix + "(.+)", "result", Json.object("text", "$1", "index", 0)));
	}

	/**
	 * Add a value.
	 * @param value the value
	 * @param text the text that stands for it
	 * @param colour the colour of the text
	 * @return a mapping with this value as well
	 */
	ValueMapping and(int value, String text, Colour colour) {
		Map<String, Object> extended = new LinkedHashMap<>(this.options);
		extended.put(String.valueOf(value),
				Json.object("text", text, "color", colour.toString(), "index", extended.size()));
		return new ValueMapping(extended);
	}

	Map<String, Object> json() {
		return Json.object("type", "value", "options", this.options);
	}

}
