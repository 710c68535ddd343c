package io.flowforge.dashboards;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A dashboard in Grafana's JSON model, which Grafana 11 to 13 read from files. It is
 * built from top to bottom: rows, and below them panels side by side.
 */
final class Dashboard {

	private static final int COLUMNS = 24;

	/**
	 * The version of Grafana 11.0, the oldest one supported. Newer ones migrate the model
	 * by themselves.
	 */
	private static final int SCHEMA_VERSION = 39;

	private final String uid;

	private final String title;

	private final String description;

	private final String from;

	private final List<Variable> variables = new ArrayList<>();

	private final List<Map<String, Object>> annotations = new ArrayList<>();

	private final List<Map<String, Object>> links = new ArrayList<>();

	private final List<Map<String, Object>> panels = new ArrayList<>();

	private final Set<DataSource> sources = EnumSet.noneOf(DataSource.class);

	private int below;

	/**
	 * Create a dashboard without panels.
	 * @param uid the id that links use
	 * @param title the title
	 * @param description what it answers
	 * @param from the length of the default time range, such as {@code 1h}
	 */
	Dashboard(String uid, String title, String description, String from) {
		this.uid = uid;
		this.title = title;
		this.description = description;
		this.from = from;
	}

	String uid() {
		return this.uid;
	}

	Dashboard variable(Variable variable) {
		this.variables.add(variable);
		return this;
	}

	/**
	 * Annotate the times that are the values of a query.
	 * @param name the name of the annotations
	 * @param colour their colour
	 * @param query the query, whose values are milliseconds since 1970
	 * @param title the text of an annotation, which may name labels of the query
	 * @return this dashboard
	 */
	Dashboard annotationAtTimes(String name, Colour colour, String query, String title) {
		this.sources.add(DataSource.PROMETHEUS);
		this.annotations.add(Json.object("name", name, "enable", true, "hide", false, "iconColor", colour.toString(),
				"datasource", DataSource.PROMETHEUS.reference(), "target",
				Json.object("refId", "Anno", "expr", query, "interval", "15s"), "titleFormat", title, "textFormat", "",
				"tagKeys", "", "useValueForTime", true));
		return this;
	}

	/**
	 * Add a link at the top, which keeps the time range and the variables.
	 * @param title the text of the link
	 * @param uid the dashboard that it opens
	 * @return this dashboard
	 */
	Dashboard link(String title, String uid) {
		this.links.add(Json.object("title", title, "type", "link", "icon", "dashboard", "url", "/d/" + uid, "tooltip",
				"", "tags", List.of(), "asDropdown", false, "targetBlank", false, "includeVars", true, "keepTime",
				true));
		return this;
	}

	/**
	 * Start a row, which the panels below it belong to.
	 * @param question the question that they answer
	 * @return this dashboard
	 */
	Dashboard row(String question) {
		this.panels.add(Json.object("id", this.panels.size() + 1, "type", "row", "title", question, "collapsed", false,
				"gridPos", position(0, COLUMNS, 1), "panels", List.of()));
		this.below++;
		return this;
	}

	/**
	 * Add panels side by side, over the whole width.
	 * @param height their height, in units of 38 pixels
	 * @param panels the panels, from left to right
	 * @return this dashboard
	 */
	Dashboard panels(int height, Panel<?>... panels) {
		this.panels.addAll(positioned(this.panels.size() + 1, height, panels));
		return this;
	}

	private List<Map<String, Object>> positioned(int firstId, int height, Panel<?>... line) {
		int left = COLUMNS - Stream.of(line).mapToInt(Panel::width).sum();
		int free = (int) Stream.of(line).filter((panel) -> panel.width() == 0).count();
		int share = (free == 0) ? 0 : left / free;
		if (left != share * free) {
			throw new IllegalArgumentException("Panels leave %d columns to %d others".formatted(left, free));
		}
		List<Map<String, Object>> positioned = new ArrayList<>();
		int x = 0;
		for (Panel<?> panel : line) {
			int width = (panel.width() == 0) ? share : panel.width();
			positioned.add(panel.json(firstId + positioned.size(), position(x, width, height)));
			panel.queries().forEach((query) -> this.sources.add(query.source()));
			x += width;
		}
		this.below += height;
		return positioned;
	}

	private Map<String, Object> position(int x, int width, int height) {
		return Json.object("x", x, "y", this.below, "w", width, "h", height);
	}

	Map<String, Object> json() {
		List<Map<String, Object>> variables = Stream
			.concat(this.sources.stream().map(DataSource::variable), this.variables.stream())
			.map(Variable::json)
			.toList();
		return Json.object("uid", this.uid, "title", this.title, "description", this.description, "tags",
				List.of("flowforge"), "editable", false, "graphTooltip", 1, "schemaVersion", SCHEMA_VERSION, "refresh",
				"30s", "time", Json.object("from", "now-" + this.from, "to", "now"), "timezone", "browser",
				"annotations", Json.object("list", this.annotations), "links", this.links, "templating",
				Json.object("list", variables), "panels", this.panels);
	}

}
