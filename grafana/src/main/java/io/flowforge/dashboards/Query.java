package io.flowforge.dashboards;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A query that a panel sends to a data source.
 */
final class Query {

	private final DataSource source;

	private final Map<String, Object> json;

	private Query(DataSource source, Map<String, Object> json) {
		this.source = source;
		this.json = json;
	}

	/**
	 * A range query: values over the time range.
	 * @param expression the expression, in PromQL
	 * @param legend the name of a series
	 * @return the query
	 */
	static Query range(String expression, String legend) {
		return prometheus(true, "time_series", expression).with("legendFormat", legend);
	}

	/**
	 * An instant query: values at the end of the time range.
	 * @param expression the expression, in PromQL
	 * @param legend the name of a series
	 * @return the query
	 */
	static Query instant(String expression, String legend) {
		return prometheus(false, "time_series", expression).with("legendFormat", legend);
	}

	/**
	 * An instant query in the format of a table: a row for each series, and its labels in
	 * columns.
	 * @param expression the expression, in PromQL
	 * @return the query
	 */
	static Query table(String expression) {
		return prometheus(false, "table", expression);
	}

	/**
	 * A range query in the format of a heatmap: buckets over the time range.
	 * @param expression the expression, in PromQL, with the label {@code le}
	 * @return the query
	 */
	static Query heatmap(String expression) {
		return prometheus(true, "heatmap", expression).with("legendFormat", "{{le}}");
	}

	private static Query prometheus(boolean range, String format, String expression) {
		return new Query(DataSource.PROMETHEUS, Json.object("editorMode", "code", "expr", expression.strip(), "range",
				range, "instant", !range, "format", format));
	}

	/**
	 * A log query: the lines themselves.
	 * @param expression the expression, in LogQL
	 * @return the query
	 */
	static Query logs(String expression) {
		return loki("range", expression);
	}

	/**
	 * A metric query on log lines: values over the time range.
	 * @param expression the expression, in LogQL
	 * @param legend the name of a series
	 * @return the query
	 */
	static Query logMetric(String expression, String legend) {
		return loki("range", expression).with("legendFormat", legend);
	}

	/**
	 * A metric query on log lines: a row for each series, and its labels in columns.
	 * @param expression the expression, in LogQL
	 * @return the query
	 */
	static Query logMetricTable(String expression) {
		return loki("instant", expression);
	}

	private static Query loki(String type, String expression) {
		return new Query(DataSource.LOKI,
				Json.object("editorMode", "code", "expr", expression.strip(), "queryType", type));
	}

	/**
	 * A search for traces.
	 * @param expression the expression, in TraceQL
	 * @param limit the number of traces at most
	 * @return the query
	 */
	static Query traces(String expression, int limit) {
		return new Query(DataSource.TEMPO, Json.object("query", expression.strip(), "queryType", "traceql", "limit",
				limit, "tableType", "traces"));
	}

	/**
	 * Ask for exemplars as well: single requests, with their traces.
	 * @return a query with exemplars
	 */
	Query withExemplars() {
		return with("exemplar", true);
	}

	private Query with(String name, Object value) {
		Map<String, Object> changed = new LinkedHashMap<>(this.json);
		changed.put(name, value);
		return new Query(this.source, changed);
	}

	DataSource source() {
		return this.source;
	}

	Map<String, Object> json(String id) {
		Map<String, Object> target = Json.object("refId", id, "datasource", this.source.reference());
		target.putAll(this.json);
		return target;
	}

}
