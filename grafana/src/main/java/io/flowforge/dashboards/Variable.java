package io.flowforge.dashboards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A variable, whose value people choose at the top of a dashboard.
 */
final class Variable {

	private static final int HIDDEN = 2;

	private static final int REFRESH_ON_TIME_RANGE_CHANGE = 2;

	private static final int ALPHABETICALLY = 1;

	private static final int LOKI_LABEL_VALUES = 1;

	private final Map<String, Object> json;

	private Variable(Map<String, Object> json) {
		this.json = json;
	}

	/**
	 * A variable of any type.
	 * @param type the type, as Grafana names it
	 * @param name the name that queries use
	 * @param label the name that people see
	 * @return the variable
	 */
	static Variable of(String type, String name, String label) {
		return new Variable(Json.object("type", type, "name", name, "label", label));
	}

	/**
	 * A variable with the values that a label of metrics has in the time range.
	 * @param name the name that queries use
	 * @param label the name that people see
	 * @param series the series that have the label
	 * @param values the label
	 * @return the variable
	 */
	static Variable labelValues(String name, String label, String series, String values) {
		String query = "label_values(%s, %s)".formatted(series, values);
		return asked(DataSource.PROMETHEUS, name, label, Json.object("query", query, "refId", "Variable"));
	}

	/**
	 * A variable with the values that a label has in the result of an expression.
	 * @param name the name that queries use
	 * @param label the name that people see
	 * @param expression the expression, in PromQL
	 * @param values the label
	 * @return the variable
	 */
	static Variable queryResult(String name, String label, String expression, String values) {
		// Grafana does not find the end of an expression of several lines.
		String line = expression.replaceAll("\\s+", " ");
		return asked(DataSource.PROMETHEUS, name, label,
				Json.object("query", "query_result(%s)".formatted(line), "refId", "Variable"))
			.with("regex", "/%s=\"([^\"]+)\"/".formatted(values));
	}

	/**
	 * A variable with the values that a label of log lines has in the time range.
	 * @param name the name that queries use
	 * @param label the name that people see
	 * @param streams the streams that have the label; empty for all
	 * @param values the label
	 * @return the variable
	 */
	static Variable logLabelValues(String name, String label, String streams, String values) {
		return asked(DataSource.LOKI, name, label,
				Json.object("label", values, "refId", "Variable", "stream", streams, "type", LOKI_LABEL_VALUES));
	}

	private static Variable asked(DataSource source, String name, String label, Map<String, Object> query) {
		return of("query", name, label).with("datasource", source.reference())
			.with("query", query)
			.with("refresh", REFRESH_ON_TIME_RANGE_CHANGE)
			.with("sort", ALPHABETICALLY);
	}

	/**
	 * A text box.
	 * @param name the name that queries use
	 * @param label the name that people see
	 * @return the variable
	 */
	static Variable textBox(String name, String label) {
		return of("textbox", name, label).with("query", "").current("", "");
	}

	/**
	 * A variable with fixed values.
	 * @param name the name that queries use
	 * @param label the name that people see
	 * @param values the values
	 * @return the variable
	 */
	static Variable custom(String name, String label, List<String> values) {
		return of("custom", name, label).with("query", String.join(",", values))
			.with("options",
					values.stream()
						.map((value) -> Json.object("text", value, "value", value, "selected", false))
						.toList());
	}

	/**
	 * Allow any number of values; all are chosen at first.
	 * @return a variable with many values
	 */
	Variable multi() {
		return with("multi", true).with("includeAll", true).with("allValue", ".+").current("All", "$__all");
	}

	/**
	 * Allow any number of values; all are chosen at first, which includes what has no
	 * value. Loki refuses a selector with nothing but such a variable.
	 * @return a variable with many values
	 */
	Variable multiOrNone() {
		return multi().with("allValue", ".*");
	}

	/**
	 * Explain the variable.
	 * @param text the text, which is shown beside the label
	 * @return a variable with a description
	 */
	Variable description(String text) {
		return with("description", text);
	}

	Variable hidden() {
		return with("hide", HIDDEN);
	}

	Variable current(String text, String value) {
		return with("current", Json.object("text", text, "value", value));
	}

	Variable with(String name, Object value) {
		Map<String, Object> changed = new LinkedHashMap<>(this.json);
		changed.put(name, value);
		return new Variable(changed);
	}

	Map<String, Object> json() {
		return this.json;
	}

}
