package io.flowforge.observability.logging.record;

/**
 * Text as the receivers of log records measure it: in bytes of UTF-8.
 */
final class Utf8 {

	/**
	 * Bytes of a char at most: those of four bytes have two chars.
	 */
	static final int MAX_BYTES_OF_CHAR = 3;

	private static final String MARK = "… [shortened from %d bytes]";

	private Utf8() {
	}

	/**
	 * Return how long a text is.
	 * @param text the text
	 * @return its length in bytes
	 */
	static long length(String text) {
		long bytes = 0;
		for (int i = 0; i < text.length(); i++) {
			bytes += length(text.charAt(i));
		}
		return bytes;
	}

	static boolean fits(String text, int maxBytes) {
		// True of nearly every text, whose bytes need not be counted then.
		return text.length() <= maxBytes / MAX_BYTES_OF_CHAR || length(text) <= maxBytes;
	}

	/**
	 * Shorten a text that is too long, and say so at its end.
	 * @param text the text
	 * @param maxBytes how long it may be, in bytes
	 * @return the text as it is if it is not longer; else its beginning and a mark, which
	 * are together no longer than that. Where there is no room for a beginning, the mark
	 */
	static String shorten(String text, int maxBytes) {
		if (fits(text, maxBytes)) {
			return text;
		}
		String mark = MARK.formatted(length(text));
		return cut(text, maxBytes - length(mark)) + mark;
	}

	/**
	 * Return the beginning of a text. No character is split.
	 * @param text the text
	 * @param maxBytes how long the beginning may be, in bytes
	 * @return the beginning
	 */
	static String cut(String text, long maxBytes) {
		int end = 0;
		for (long left = maxBytes; end < text.length(); end++) {
			left -= length(text.charAt(end));
			if (left < 0) {
				break;
			}
		}
		boolean splitsPair = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
		return text.substring(0, splitsPair ? end - 1 : end);
	}

	private static int length(char character) {
		if (character < 0x80) {
			return 1;
		}
		return (character < 0x800 || Character.isSurrogate(character)) ? 2 : MAX_BYTES_OF_CHAR;
	}

}
