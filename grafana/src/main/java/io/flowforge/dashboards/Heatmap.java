package io.flowforge.dashboards;

/**
 * A panel with the distribution of values over time.
 */
final class Heatmap extends Panel<Heatmap> {

	/**
	 * Create a heatmap without queries.
	 * @param title the title
	 * @param description what the panel shows and what it means
	 * @param unit the unit of the axis
	 * @param cells the unit of what is in a cell
	 */
	Heatmap(String title, String description, Unit unit, Unit cells) {
		super("heatmap", title, description, cells);
		custom("scaleDistribution", Json.object("type", "linear"));
		option("calculate", false);
		option("cellGap", 1);
		option("cellValues", Json.object("unit", cells.toString(), "decimals", 0));
		option("color", Json.object("mode", "scheme", "scheme", "Blues", "fill", Colour.AMOUNT.toString(), "exponent",
				0.5, "steps", 64, "reverse", false));
		option("filterValues", Json.object("le", 1e-9));
		option("legend", Json.object("show", true));
		option("rowsFrame", Json.object("layout", "auto"));
		option("showValue", "never");
		option("tooltip", Json.object("mode", "single", "showColorScale", true, "yHistogram", true));
		option("yAxis", Json.object("unit", unit.toString(), "axisPlacement", "left"));
	}

}
