package io.flowforge.launcher.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.flowforge.launcher.StackException;

/**
 * A condition on one label of an alert, as Alertmanager writes it:
 * {@code severity="info"}, {@code environment!~"dev|test"}. A label that an alert does
 * not have is empty.
 *
 * @param label the label's name
 * @param value the pattern that its whole value must match
 * @param negated whether the value must not match it
 */
record AlertMatcher(String label, Pattern value, boolean negated) {

	private static final Pattern MATCHER = Pattern.compile(
			"\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\",{}]*?))\\s*(?:,|$)");

	private static final Pattern ESCAPE = Pattern.compile("\\\\([n\"\\\\])");

	/**
	 * Read an entry of {@code matchers}.
	 * @param text one condition, or several, separated by commas
	 * @return the conditions
	 * @throws StackException if it is none
	 */
	static List<AlertMatcher> parse(String text) {
		String inner = text.strip();
		if (inner.startsWith("{") && inner.endsWith("}")) {
			inner = inner.substring(1, inner.length() - 1);
		}
		List<AlertMatcher> matchers = new ArrayList<>();
		Matcher matcher = MATCHER.matcher(inner);
		int at = 0;
		while (at < inner.length()) {
			if (!matcher.region(at, inner.length()).lookingAt()) {
				throw new StackException(
						"alertmanager/alertmanager.yml: the matcher %s cannot be read: write label=\"value\"."
							.formatted(ShownValue.of(text)));
			}
			String value = (matcher.group(3) != null) ? unescaped(matcher.group(3)) : matcher.group(4);
			matchers.add(of(matcher.group(1), matcher.group(2), value));
			at = matcher.end();
		}
		return matchers;
	}

	/**
	 * Make a condition.
	 * @param label the label's name
	 * @param operator one of {@code =}, {@code !=}, {@code =~} and {@code !~}
	 * @param value the value, or the pattern of one
	 * @return the condition
	 */
	static AlertMatcher of(String label, String operator, String value) {
		try {
			return new AlertMatcher(label,
					Pattern.compile(operator.endsWith("~") ? value : Pattern.quote(value), Pattern.DOTALL),
					operator.startsWith("!"));
		}
		catch (PatternSyntaxException ex) {
			throw new StackException("alertmanager/alertmanager.yml: the pattern %s of the label %s cannot be read: %s."
				.formatted(ShownValue.of(value), label, ex.getDescription()), ex);
		}
	}

	private static String unescaped(String value) {
		return ESCAPE.matcher(value)
			.replaceAll((escape) -> Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
	}

	/**
	 * Whether an alert fulfils the condition.
	 * @param labels the alert's labels
	 * @return whether it does
	 */
	boolean matches(Map<String, String> labels) {
		return this.value.matcher(labels.getOrDefault(this.label, "")).matches() != this.negated;
	}

}
