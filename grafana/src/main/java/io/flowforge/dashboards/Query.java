package io.flowforge.dashboards;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a panel asks a data source.
 */
final class Query {

	private final DataSource source;

	private final Map<String, Object> json;

	private Query(DataSource source, Map<String, Object> json) {
		this.source = source;
		this.json = json;
	}

	/**
	 * How something was, over the time that is looked at.
	 * @param expression what, in PromQL
	 * @param legend what a line is called
	 * @return the query
	 */
	static Query range(String expression, String legend) {
		return prometheus(true, "time_series", expression).with("legendFormat", legend);
	}

	/**
	 * How something is at the end of the time that is looked at.
	 * @param expression what, in PromQL
	 * @param legend what the value is called
	 * @return the query
	 */
	static Query now(String expression, String legend) {
		return prometheus(false, "time_series", expression).with("legendFormat", legend);
	}

	/**
	 * How something is at the end of the time that is looked at: a row for each series,
	 * its labels in columns.
	 * @param expression what, in PromQL
	 * @return the query
	 */
	static Query rows(String expression) {
		return prometheus(false, "table", expression);
	}

	/**
	 * Counts by upper bounds, for a heatmap.
	 * @param expression what, in PromQL, with the label {@code le}
	 * @return the query
	 */
	static Query buckets(String expression) {
		return prometheus(true, "heatmap", expression).with("legendFormat", "{{le}}");
	}

	private static Query prometheus(boolean range, String format, String expression) {
		return new Query(DataSource.PROMETHEUS, Json.object("editorMode", "code", "expr", expression.strip(), "range",
				range, "instant", !range, "format", format));
	}

	/**
	 * Log lines.
	 * @param expression which, in LogQL
	 * @return the query
	 */
	static Query lines(String expression) {
		return loki("range", expression);
	}

	/**
	 * What can be counted in log lines, over the time that is looked at.
	 * @param expression what, in LogQL
	 * @param legend what a line is called
	 * @return the query
	 */
	static Query lineCounts(String expression, String legend) {
		return loki("range", expression).with("legendFormat", legend);
	}

	/**
	 * What can be counted in log lines: a row for each result, its labels in columns.
	 * @param expression what, in LogQL
	 * @return the query
	 */
	static Query lineTable(String expression) {
		return loki("instant", expression);
	}

	private static Query loki(String type, String expression) {
		return new Query(DataSource.LOKI,
				Json.object("editorMode", "code", "expr", expression.strip(), "queryType", type));
	}

	/**
	 * Traces, the newest first.
	 * @param expression which, in TraceQL
	 * @param limit how many at most
	 * @return the query
	 */
	static Query traces(String expression, int limit) {
		return new Query(DataSource.TEMPO, Json.object("query", expression.strip(), "queryType", "traceql", "limit",
				limit, "tableType", "traces"));
	}

	/**
	 * Also points out single requests, by their traces.
	 * @return a query like this one
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
