package io.flowforge.observability.redaction;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A word to find in keys, or a whole key, without regard to case and separators:
 * {@code X-Api-Key}, {@code api_key} and {@code apiKey} name the same secret. Compares in
 * place, since most keys are not secret and should cost nothing.
 */
final class KeyPattern {

	private static final Pattern SEPARATORS = Pattern.compile("[-_.\\s]");

	private static final String ANY_END = "*";

	private final String characters;

	private final boolean anyEnd;

	private KeyPattern(String characters, boolean anyEnd) {
		this.characters = SEPARATORS.matcher(characters).replaceAll("").toLowerCase(Locale.ROOT);
		this.anyEnd = anyEnd;
	}

	/**
	 * Create the pattern of a word.
	 * @param word the word
	 * @return the pattern
	 */
	static KeyPattern ofWord(String word) {
		return new KeyPattern(word, false);
	}

	/**
	 * Create the pattern of a whole key.
	 * @param key the key, or its beginning and {@code *}
	 * @return the pattern
	 */
	static KeyPattern ofKey(String key) {
		boolean anyEnd = key.endsWith(ANY_END);
		return new KeyPattern(anyEnd ? key.substring(0, key.length() - 1) : key, anyEnd);
	}

	/**
	 * Whether there is nothing to compare.
	 * @return whether the pattern has been created from separators only
	 */
	boolean isBlank() {
		return this.characters.isEmpty() && !this.anyEnd;
	}

	boolean startsWith(char character) {
		return this.characters.charAt(0) == character;
	}

	/**
	 * Whether this word is at a position of a key.
	 * @param text the text with the key
	 * @param position where the word begins
	 * @param end where the key ends
	 * @return whether the word is there
	 */
	boolean isAt(String text, int position, int end) {
		return compare(text, position, end) >= 0;
	}

	/**
	 * Whether a key is this one.
	 * @param text the text with the key
	 * @param start where the key begins
	 * @param end where it ends
	 * @return whether the whole key is the same
	 */
	boolean matches(String text, int start, int end) {
		int position = compare(text, skipSeparators(text, start, end), end);
		return position >= 0 && (this.anyEnd || skipSeparators(text, position, end) == end);
	}

	// Where this pattern ends in the text, -1 if it is not there.
	private int compare(String text, int start, int end) {
		int position = start;
		for (int index = 0; index < this.characters.length(); index++) {
			if (index > 0) {
				position = skipSeparators(text, position, end);
			}
			if (position == end || Character.toLowerCase(text.charAt(position)) != this.characters.charAt(index)) {
				return -1;
			}
			position++;
		}
		return position;
	}

	private static int skipSeparators(String text, int start, int end) {
		int position = start;
		while (position < end && isSeparator(text.charAt(position))) {
			position++;
		}
		return position;
	}

	private static boolean isSeparator(char character) {
		return character == '-' || character == '_' || character == '.' || character == ' '
				|| (character >= '\t' && character <= '\r');
	}

}
