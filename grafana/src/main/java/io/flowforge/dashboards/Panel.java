package io.flowforge.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A panel of a dashboard.
 *
 * @param <P> the kind of panel
 */
abstract class Panel<P extends Panel<P>> {

	private final String type;

	private final String title;

	private final String description;

	private final List<Query> queries = new ArrayList<>();

	private final Map<String, Object> defaults = new LinkedHashMap<>();

	private final Map<String, Object> custom = new LinkedHashMap<>();

	private final List<Map<String, Object>> overrides = new ArrayList<>();

	private final List<Map<String, Object>> transformations = new ArrayList<>();

	private final Map<String, Object> options = new LinkedHashMap<>();

	private int width;

	private int maxDataPoints;

	/**
	 * Create a panel without queries.
	 * @param type the type, as Grafana names it
	 * @param title the title, of at most 40 characters
	 * @param description what the panel shows and what it means; shown beside the title
	 * @param unit the unit of its values
	 */
	Panel(String type, String title, String description, Unit unit) {
		this.type = type;
		this.title = title;
		this.description = description;
		this.defaults.put("unit", unit.toString());
	}

	@SuppressWarnings("unchecked")
	private P self() {
		return (P) this;
	}

	P query(Query query) {
		this.queries.add(query);
		return self();
	}

	/**
	 * Set the width. Panels without one share what is left of their line evenly.
	 * @param columns the number of columns, of 24
	 * @return this panel
	 */
	P width(int columns) {
		this.width = columns;
		return self();
	}

	/**
	 * Set how many points a series has at most. Without it, Grafana asks for one for each
	 * pixel.
	 * @param points the number of points
	 * @return this panel
	 */
	P maxDataPoints(int points) {
		this.maxDataPoints = points;
		return self();
	}

	P decimals(int decimals) {
		return standard("decimals", decimals);
	}

	P min(double min) {
		return standard("min", min);
	}

	P max(double max) {
		return standard("max", max);
	}

	/**
	 * Set the text that is shown if there is no value.
	 * @param text what it means that there is none
	 * @return this panel
	 */
	P noValue(String text) {
		return standard("noValue", text);
	}

	P thresholds(Thresholds thresholds) {
		return standard("thresholds", thresholds.json());
	}

	/**
	 * Show texts and colours instead of numbers.
	 * @param mapping the texts and colours
	 * @return this panel
	 */
	P valueMapping(ValueMapping mapping) {
		return standard("mappings", List.of(mapping.json()));
	}

	/**
	 * Set the colour of the series, or the column, of a name.
	 * @param name the name
	 * @param colour its colour
	 * @return this panel
	 */
	P colour(String name, Colour colour) {
		return override(name, "color", colour.fixed());
	}

	P standard(String name, Object value) {
		this.defaults.put(name, value);
		return self();
	}

	P custom(String name, Object value) {
		this.custom.put(name, value);
		return self();
	}

	P option(String name, Object value) {
		this.options.put(name, value);
		return self();
	}

	/**
	 * Override properties for the series, or the column, of a name.
	 * @param name the name
	 * @param idsAndValues the id of a property in Grafana, its value, an id, its value
	 * @return this panel
	 */
	P override(String name, Object... idsAndValues) {
		return overrideMatching("byName", name, idsAndValues);
	}

	/**
	 * Override properties for all series, or columns, of some names.
	 * @param names a regular expression between slashes
	 * @param idsAndValues the id of a property in Grafana, its value, an id, its value
	 * @return this panel
	 */
	P overrideAll(String names, Object... idsAndValues) {
		return overrideMatching("byRegexp", names, idsAndValues);
	}

	private P overrideMatching(String matcher, String names, Object... idsAndValues) {
		List<Map<String, Object>> properties = IntStream.range(0, idsAndValues.length / 2)
			.mapToObj((i) -> Json.object("id", idsAndValues[2 * i], "value", idsAndValues[2 * i + 1]))
			.toList();
		this.overrides
			.add(Json.object("matcher", Json.object("id", matcher, "options", names), "properties", properties));
		return self();
	}

	P transform(String id, Map<String, Object> options) {
		this.transformations.add(Json.object("id", id, "options", options));
		return self();
	}

	int width() {
		return this.width;
	}

	List<Query> queries() {
		return this.queries;
	}

	Map<String, Object> json(int id, Map<String, Object> position) {
		Map<String, Object> panel = Json.object("id", id, "type", this.type, "title", this.title, "description",
				this.description, "datasource", this.queries.get(0).source().reference(), "gridPos", position);
		if (this.maxDataPoints > 0) {
			panel.put("maxDataPoints", this.maxDataPoints);
		}
		Map<String, Object> fields = new LinkedHashMap<>(this.defaults);
		if (!this.custom.isEmpty()) {
			fields.put("custom", this.custom);
		}
		panel.put("fieldConfig", Json.object("defaults", fields, "overrides", this.overrides));
		panel.put("options", this.options);
		panel.put("targets",
				IntStream.range(0, this.queries.size())
					.mapToObj((i) -> this.queries.get(i).json(String.valueOf((char) ('A' + i))))
					.toList());
		if (!this.transformations.isEmpty()) {
			panel.put("transformations", this.transformations);
		}
		return panel;
	}

}
