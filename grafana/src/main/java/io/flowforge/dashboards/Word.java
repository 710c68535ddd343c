package io.flowforge.dashboards;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is shown instead of a number.
 *
 * @param text the word
 * @param colour its colour
 */
record Word(String text, Colour colour) {

	/**
	 * Whether something is up.
	 */
	static final Map<String, Word> UP_OR_DOWN = inOrder("0", new Word("down", Colour.WRONG), "1",
			new Word("up", Colour.GOOD));

	static Map<String, Word> inOrder(Object... numbersAndWords) {
		Map<String, Word> words = new LinkedHashMap<>();
		for (int i = 0; i < numbersAndWords.length; i += 2) {
			words.put((String) numbersAndWords[i], (Word) numbersAndWords[i + 1]);
		}
		return words;
	}

	static Map<String, Object> mapping(Map<String, Word> words) {
		Map<String, Object> options = new LinkedHashMap<>();
		words.forEach((number, word) -> options.put(number,
				Json.object("text", word.text, "color", word.colour.toString(), "index", options.size())));
		return Json.object("type", "value", "options", options);
	}

}
