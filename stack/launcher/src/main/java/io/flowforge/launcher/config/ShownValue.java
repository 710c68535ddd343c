package io.flowforge.launcher.config;

/**
 * A value that somebody has set, as a message shows it: on one line.
 */
final class ShownValue {

	private ShownValue() {
	}

	static String of(String value) {
		StringBuilder shown = new StringBuilder();
		value.codePoints().forEach((character) -> {
			if (Character.isISOControl(character)) {
				shown.append("\\x%02x".formatted(character));
			}
			else {
				shown.appendCodePoint(character);
			}
		});
		return shown.toString();
	}

}
