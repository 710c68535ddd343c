package io.flowforge.launcher.config;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The durations of a PromQL or LogQL expression: ranges, steps of subqueries, and
 * offsets. String literals and comments are left alone.
 */
final class PromqlDurations {

	private static final Pattern DURATION = Pattern.compile(TimeScale.DURATION);

	private static final Pattern RANGE = Pattern
		.compile("\\[\\s*" + TimeScale.DURATION + "\\s*(:\\s*(" + TimeScale.DURATION + ")?\\s*)?\\]");

	private static final Pattern OFFSET = Pattern
		.compile("(?<![A-Za-z0-9_:])(?i:offset)\\s+-?\\s*" + TimeScale.DURATION);

	private PromqlDurations() {
	}

	/**
	 * Replace each duration.
	 * @param expression the expression
	 * @param change what to make of a duration
	 * @return the changed expression
	 */
	static String replace(String expression, UnaryOperator<String> change) {
		StringBuilder replaced = new StringBuilder();
		Matcher range = RANGE.matcher(expression).useTransparentBounds(true);
		Matcher offset = OFFSET.matcher(expression).useTransparentBounds(true);
		int at = 0;
		while (at < expression.length()) {
			int end = literalOrCommentEnd(expression, at);
			if (end > at) {
				replaced.append(expression, at, end);
				at = end;
			}
			else if (startsAt(range, at) || startsAt(offset, at)) {
				String found = startsAt(range, at) ? range.group() : offset.group();
				replaced.append(DURATION.matcher(found).replaceAll((duration) -> change.apply(duration.group())));
				at += found.length();
			}
			else {
				replaced.append(expression.charAt(at++));
			}
		}
		return replaced.toString();
	}

	private static boolean startsAt(Matcher matcher, int at) {
		return matcher.region(at, matcher.regionEnd()).lookingAt();
	}

	// Where the string literal or the comment ends that begins here; the same place if
	// none does.
	private static int literalOrCommentEnd(String expression, int start) {
		char quote = expression.charAt(start);
		if (quote == '#') {
			int end = expression.indexOf('\n', start);
			return (end < 0) ? expression.length() : end;
		}
		if (quote != '"' && quote != '\'' && quote != '`') {
			return start;
		}
		int at = start + 1;
		while (at < expression.length() && expression.charAt(at) != quote) {
			at += (expression.charAt(at) == '\\' && quote != '`') ? 2 : 1;
		}
		return Math.min(at + 1, expression.length());
	}

}
