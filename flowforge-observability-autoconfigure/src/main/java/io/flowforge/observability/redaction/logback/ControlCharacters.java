package io.flowforge.observability.redaction.logback;

import java.util.regex.Pattern;

/**
 * Characters that do not stand for themselves in a line of text: line breaks, those of
 * Unicode included, and what makes a terminal erase or overwrite a line. Tabs are none.
 */
final class ControlCharacters {

	private static final Pattern LINE_BREAK = Pattern.compile("\\R");

	private ControlCharacters() {
	}

	static boolean noneIn(String text) {
		for (int index = 0; index < text.length(); index++) {
			if (isControl(text.charAt(index))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Write each control character as Java source code does.
	 * @param text any text
	 * @return the text on a single line
	 */
	static String escape(String text) {
		if (noneIn(text)) {
			return text;
		}
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		text.chars().forEach((character) -> append(escaped, (char) character));
		return escaped.toString();
	}

	/**
	 * Indent every line but the first, so that none can be taken for the beginning of
	 * another event.
	 * @param text any text
	 * @return the text with as many lines
	 */
	static String indent(String text) {
		return LINE_BREAK.matcher(text).replaceAll(System.lineSeparator() + "\t");
	}

	private static void append(StringBuilder escaped, char character) {
		if (!isControl(character)) {
			escaped.append(character);
		}
		else if (character == '\n') {
			escaped.append("\\n");
		}
		else if (character == '\r') {
			escaped.append("\\r");
		}
		else {
			escaped.append("\\u%04x".formatted((int) character));
		}
	}

	private static boolean isControl(char character) {
		return (character < ' ' && character != '\t') || (character >= '\u007f' && character <= '\u009f')
				|| character == '\u2028' || character == '\u2029';
	}

}
