package io.flowforge.dashboards;

/**
 * A panel with the distribution of values over time.
 */
final class Heatmap extends Panel<Heatmap> {

	Heatmap(String title, String description, Unit unit) {
		super("heatmap", title, description, unit);
		custom("scaleDistribution", Json.object("type", "linear"));
		option("calculate", false);
		option("cellGap", 1);
		option("color", Json.object("mode", "scheme", "scheme", "Blues", "fill", Colour.AMOUNT.toString(), "exponent",
				0.5, "steps", 64, "reverse", false));
		option("exemplars", Json.object("color", Colour.OTHER.toString()));
		option("filterValues", Json.object("le", 1e-9));
		option("legend", Json.object("show", true));
		option("rowsFrame", Json.object("layout", "auto"));
		option("showValue", "never");
		option("tooltip", Json.object("mode", "single", "showColorScale", true, "yHistogram", true));
		option("yAxis", Json.object("unit", unit.toString(), "axisPlacement", "left"));
	}

}
