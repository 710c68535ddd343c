package io.flowforge.samples.inbox.now;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on one label, as Alertmanager writes it: {@code name="value"}, or with
 * {@code !=}, {@code =~} or {@code !~}. A label that is missing is an empty one.
 *
 * @param name name of the label
 * @param negated whether the label must not match
 * @param value pattern that matches the whole value
 */
record LabelMatcher(String name, boolean negated, Pattern value) {

	private static final Pattern SYNTAX = Pattern
		.compile("\\s*\"?([\\w:.-]+)\"?\\s*(=~|!~|!=|=)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\",]*?))\\s*(?:,|$)");

	/**
	 * Read one or more matchers.
	 * @param text matchers with commas between them; braces around them are allowed
	 * @return the matchers
	 * @throws IllegalArgumentException if it is something else
	 */
	static List<LabelMatcher> parse(String text) {
		String matchers = text.strip().replaceFirst("^\\{(.*)}$", "$1");
		List<LabelMatcher> parsed = new ArrayList<>();
		Matcher syntax = SYNTAX.matcher(matchers);
		int position = 0;
		while (position < matchers.length()) {
			if (!syntax.find(position) || syntax.start() != position) {
				throw new IllegalArgumentException("Not a matcher: " + matchers.substring(position));
			}
			String value = (syntax.group(3) != null) ? unescape(syntax.group(3)) : syntax.group(4);
			parsed.add(of(syntax.group(1), syntax.group(2), value));
			position = syntax.end();
		}
		return parsed;
	}

	static LabelMatcher of(String name, String operator, String value) {
		Pattern pattern = operator.endsWith("~") ? Pattern.compile("(?:" + value + ")", Pattern.DOTALL)
				: Pattern.compile(value, Pattern.LITERAL);
		return new LabelMatcher(name, operator.startsWith("!"), pattern);
	}

	boolean matches(Map<String, String> labels) {
		return this.value.matcher(labels.getOrDefault(this.name, "")).matches() != this.negated;
	}

	private static String unescape(String quoted) {
		return quoted.replace("\\n", "\n").replaceAll("\\\\(.)", "$1");
	}

}
