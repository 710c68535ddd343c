package io.flowforge.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table. The value of each query is a column, and rows are joined by the labels that
 * all queries have in common. Without named columns, the table shows the result as it is.
 */
final class Table extends Panel<Table> {

	private static final String WIDTH = "custom.width";

	private final Map<String, Object> order = new LinkedHashMap<>();

	private final Map<String, Object> names = new LinkedHashMap<>();

	private final Map<String, Object> excluded = new LinkedHashMap<>();

	private final List<Map<String, Object>> sorting = new ArrayList<>();

	Table(String title, String description) {
		super("table", title, description, Unit.NONE);
		custom("align", "auto");
		custom("cellOptions", Json.object("type", "auto"));
		custom("inspect", false);
		option("cellHeight", "sm");
		option("showHeader", true);
		option("frameIndex", 0);
		option("sortBy", this.sorting);
	}

	/**
	 * Add a column with a label.
	 * @param label the label
	 * @param name the name of the column
	 * @param idsAndValues the id of a property in Grafana, its value, an id, its value
	 * @return this panel
	 */
	Table label(String label, String name, Object... idsAndValues) {
		this.order.put(label, this.order.size());
		this.names.put(label, name);
		return (idsAndValues.length > 0) ? override(name, idsAndValues) : this;
	}

	/**
	 * Add a column with the value of a query, as wide as its name and its unit require.
	 * @param name the name of the column
	 * @param unit the unit of its values
	 * @param query the query
	 * @param idsAndValues the id of a property in Grafana, its value, an id, its value
	 * @return this panel
	 */
	Table value(String name, Unit unit, Query query, Object... idsAndValues) {
		column(name, query);
		List<Object> all = new ArrayList<>(List.of("unit", unit.toString()));
		all.addAll(List.of(idsAndValues));
		if (!all.contains(WIDTH)) {
			all.addAll(List.of(WIDTH, Math.max(unit.width(), 8 * name.length() + 28)));
		}
		return override(name, all.toArray());
	}

	private void column(String name, Query query) {
		query(query);
		String field = "Value #" + (char) ('A' + queries().size() - 1);
		this.order.put(field, this.order.size());
		this.names.put(field, name);
	}

	/**
	 * Add a query that has no column and only decides which rows there are.
	 * @param query the query
	 * @return this panel
	 */
	Table rows(Query query) {
		query(query);
		this.excluded.put("Value #" + (char) ('A' + queries().size() - 1), true);
		return this;
	}

	/**
	 * Leave out a column of a result that is shown as it is.
	 * @param name the name of the column
	 * @return this panel
	 */
	Table without(String name) {
		this.excluded.put(name, true);
		return this;
	}

	/**
	 * Sort by a column, the largest value first.
	 * @param name the name of the column
	 * @return this panel
	 */
	Table sortDescendingBy(String name) {
		return sortBy(name, true);
	}

	/**
	 * Sort by a column, the smallest value first.
	 * @param name the name of the column
	 * @return this panel
	 */
	Table sortAscendingBy(String name) {
		return sortBy(name, false);
	}

	private Table sortBy(String name, boolean descending) {
		this.sorting.add(Json.object("displayName", name, "desc", descending));
		return this;
	}

	@Override
	Map<String, Object> json(int id, Map<String, Object> position) {
		if (!this.order.isEmpty()) {
			this.excluded.put("Time", true);
			transform("merge", Json.object());
		}
		if (!this.excluded.isEmpty()) {
			transform("organize",
					Json.object("excludeByName", this.excluded, "indexByName", this.order, "renameByName", this.names));
		}
		return super.json(id, position);
	}

}
