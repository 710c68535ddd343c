package io.flowforge.samples.inbox;

import org.jspecify.annotations.Nullable;

/**
 * The service that a runbook is opened for. Its queries are about the sample
 * orders-service of environment demo until somebody says which service is meant.
 *
 * @param application its name, {@code null} if nobody says
 * @param environment its environment, {@code null} if nobody says
 */
record RunbookSubject(@Nullable String application, @Nullable String environment) {

	// Longer than any name of a service.
	private static final int MAX_LENGTH = 200;

	RunbookSubject {
		application = usable(application);
		environment = usable(environment);
	}

	private static @Nullable String usable(@Nullable String name) {
		return (name == null || name.isBlank() || name.length() > MAX_LENGTH
				|| name.chars().anyMatch(Character::isISOControl)) ? null : name;
	}

	/**
	 * Put the service into a query.
	 * @param query a query of a runbook
	 * @return the same about this service
	 */
	String in(String query) {
		return replace(replace(query, "orders-service", this.application), "demo", this.environment);
	}

	private static String replace(String query, String sample, @Nullable String name) {
		return (name != null) ? query.replace(quoted(sample), quoted(name)) : query;
	}

	private static String quoted(String text) {
		return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
	}

	/**
	 * Say which service is meant.
	 * @return a paragraph, empty if nobody says
	 */
	String toHtml() {
		if (this.application == null) {
			return "";
		}
		String name = Html.escape(this.application);
		return (this.environment != null)
				? "<p class=\"subject\">For <strong>%s</strong> (%s)</p>\n".formatted(name,
						Html.escape(this.environment))
				: "<p class=\"subject\">For <strong>%s</strong></p>\n".formatted(name);
	}

}
