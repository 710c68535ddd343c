package io.flowforge.observability.redaction;

import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of the URLs in a text: user info altogether, and the values of secret
 * parameters. The text may be a URL, absolute or relative, a query on its own, or a
 * sentence with URLs in it.
 * <p>
 * A parameter is {@code name=value} after {@code ?}, {@code &}, {@code ;} or {@code #},
 * or at the beginning of the text. Its value ends where the next parameter or the
 * fragment begins, or where a URL in a sentence ends: at white space, a quote or an angle
 * bracket.
 * <p>
 * Reads each text once, in time that grows with its length and nothing else. A text
 * without secrets is returned as it is, without anything being allocated.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class UrlRedactor {

	private static final String AUTHORITY = "://";

	// How far to look for the end of user info that has characters it may not have.
	private static final int MAX_MALFORMED_USER_INFO = 256;

	// A URL in a parameter of a URL may have a parameter with a URL, too.
	private static final int MAX_NESTING = 3;

	private final SecretKeys secretKeys;

	/**
	 * Create an instance.
	 * @param secretKeys which parameters are secret. If there are no secret keys, URLs
	 * stay as they are
	 */
	public UrlRedactor(SecretKeys secretKeys) {
		this.secretKeys = secretKeys;
	}

	/**
	 * Take secrets out of the URLs in a text.
	 * @param text any text
	 * @return the same text if there are none
	 */
	public String redact(String text) {
		return this.secretKeys.isEmpty() ? text : redact(text, 0);
	}

	private String redact(String text, int nesting) {
		int authority = text.indexOf(AUTHORITY);
		int equals = text.indexOf('=');
		int done = 0;
		StringBuilder redacted = null;
		while (authority >= 0 || equals >= 0) {
			int start;
			int end;
			if (equals < 0 || (authority >= 0 && authority < equals)) {
				start = authority + AUTHORITY.length();
				end = endOfUserInfo(text, start);
				if (end > start) {
					redacted = append(redacted, text, done, start);
					done = end;
				}
			}
			else {
				start = equals + 1;
				end = start;
				if (isSecretParameter(text, equals, nesting)) {
					end = endOfValue(text, start);
					if (!text.regionMatches(start, SecretKeys.REDACTED, 0, end - start)) {
						redacted = append(redacted, text, done, start).append(SecretKeys.REDACTED);
						done = end;
					}
				}
			}
			authority = next(text, AUTHORITY, authority, end);
			equals = next(text, "=", equals, end);
		}
		return (redacted != null) ? redacted.append(text, done, text.length()).toString() : text;
	}

	private static int next(String text, String what, int found, int from) {
		return (found < 0 || found >= from) ? found : text.indexOf(what, from);
	}

	private static StringBuilder append(@Nullable StringBuilder redacted, String text, int start, int end) {
		return ((redacted != null) ? redacted : new StringBuilder(text.length())).append(text, start, end);
	}

	// User info ends at the last @ before the path: a password may contain one. If a
	// password contains a /, which it must not, the port before the / is no number.
	private static int endOfUserInfo(String text, int start) {
		int end = start;
		int colon = -1;
		int position = start;
		while (position < text.length() && isPartOfAuthority(text.charAt(position))) {
			char character = text.charAt(position++);
			if (character == '@') {
				end = position;
			}
			else if (character == ':') {
				colon = position;
			}
		}
		if (end > start || colon < 0 || text.charAt(start) == '[' || isNumber(text, colon, position)) {
			return end;
		}
		return endOfMalformedUserInfo(text, start, position);
	}

	private static int endOfMalformedUserInfo(String text, int start, int from) {
		int limit = Math.min(text.length(), start + MAX_MALFORMED_USER_INFO);
		for (int position = from; position < limit && !endsUrl(text.charAt(position)); position++) {
			if (text.charAt(position) == '@') {
				return position + 1;
			}
		}
		return start;
	}

	private static boolean isPartOfAuthority(char character) {
		return character != '/' && character != '?' && character != '#' && !endsUrl(character);
	}

	private static boolean isNumber(String text, int start, int end) {
		for (int position = start; position < end; position++) {
			if (!Character.isDigit(text.charAt(position))) {
				return false;
			}
		}
		return true;
	}

	private boolean isSecretParameter(String text, int equals, int nesting) {
		int start = equals;
		boolean encoded = false;
		while (start > 0 && isPartOfName(text.charAt(start - 1))) {
			start--;
			encoded |= isEncoded(text.charAt(start));
		}
		boolean named = start < equals && (start == 0 || beginsParameter(text.charAt(start - 1)));
		if (!named) {
			return false;
		}
		boolean secret = encoded ? isSecretName(decode(text, start, equals))
				: this.secretKeys.matchesUrlParameter(text, start, equals);
		return secret || isSecretUrl(text, equals + 1, nesting);
	}

	private boolean isSecretName(String name) {
		return this.secretKeys.matchesUrlParameter(name, 0, name.length());
	}

	private static boolean isPartOfName(char character) {
		return character != '=' && character != '/' && !beginsParameter(character) && !endsUrl(character);
	}

	private static boolean beginsParameter(char character) {
		return character == '?' || character == '&' || character == ';' || character == '#';
	}

	// A value that is itself a URL, encoded, with secrets.
	private boolean isSecretUrl(String text, int start, int nesting) {
		int end = endOfValue(text, start);
		if (nesting == MAX_NESTING || !hasEncodedDelimiter(text, start, end)) {
			return false;
		}
		String decoded = decode(text, start, end);
		return redact(decoded, nesting + 1) != decoded;
	}

	// %3A, which is a colon, or %3D, which is an equals sign.
	private static boolean hasEncodedDelimiter(String text, int start, int end) {
		for (int position = start; position < end - 2; position++) {
			if (text.charAt(position) == '%' && text.charAt(position + 1) == '3'
					&& "AaDd".indexOf(text.charAt(position + 2)) >= 0) {
				return true;
			}
		}
		return false;
	}

	// ; and ? end it only where a parameter follows: they may belong to the secret.
	private static int endOfValue(String text, int start) {
		int position = start;
		while (position < text.length()) {
			char character = text.charAt(position);
			if (character == '&' || character == '#' || endsUrl(character)
					|| ((character == ';' || character == '?') && isParameter(text, position + 1))) {
				break;
			}
			position++;
		}
		return position;
	}

	private static boolean isParameter(String text, int start) {
		int position = start;
		while (position < text.length() && isPartOfName(text.charAt(position))) {
			position++;
		}
		return position > start && position < text.length() && text.charAt(position) == '=';
	}

	private static boolean endsUrl(char character) {
		return character <= ' ' || character == '"' || character == '<' || character == '>' || character == '`'
				|| (character >= '\u007f' && isSpaceOrControl(character));
	}

	private static boolean isSpaceOrControl(char character) {
		return Character.isISOControl(character) || Character.isSpaceChar(character);
	}

	private static boolean isEncoded(char character) {
		return character == '%' || character == '+';
	}

	// Names are compared in ASCII, so that one character for each byte is enough.
	private static String decode(String text, int start, int end) {
		StringBuilder decoded = new StringBuilder(end - start);
		for (int position = start; position < end; position++) {
			char character = text.charAt(position);
			int octet = (character == '%' && position + 2 < end) ? octet(text, position + 1) : -1;
			if (octet >= 0) {
				decoded.append((char) octet);
				position += 2;
			}
			else {
				decoded.append((character == '+') ? ' ' : character);
			}
		}
		return decoded.toString();
	}

	private static int octet(String text, int position) {
		int high = Character.digit(text.charAt(position), 16);
		int low = Character.digit(text.charAt(position + 1), 16);
		return (high >= 0 && low >= 0) ? high * 16 + low : -1;
	}

}
