package io.flowforge.dashboards;

import java.util.List;

/**
 * Lines over time.
 */
final class TimeSeries extends Panel<TimeSeries> {

	TimeSeries(String title, String description, Unit unit) {
		super("timeseries", title, description, unit);
		standard("color", Colour.amounts());
		min(0);
		custom("drawStyle", "line");
		custom("lineWidth", 1);
		custom("fillOpacity", 8);
		custom("showPoints", "never");
		if (unit == Unit.PER_SECOND) {
			// A line at zero is at the bottom of something small.
			custom("axisSoftMax", 1);
		}
		// What is missing for less than two scrapes is no gap.
		custom("spanNulls", 60_000);
		option("legend",
				Json.object("showLegend", true, "displayMode", "list", "placement", "bottom", "calcs", List.of()));
		option("tooltip", Json.object("mode", "multi", "sort", "desc"));
	}

	/**
	 * Bars on top of each other, for what is counted.
	 * @return this panel
	 */
	TimeSeries stackedBars() {
		return custom("drawStyle", "bars").custom("fillOpacity", 80)
			.custom("lineWidth", 0)
			.custom("stacking", Json.object("mode", "normal", "group", "A"));
	}

	/**
	 * Areas on top of each other, for parts of a whole.
	 * @return this panel
	 */
	TimeSeries stacked() {
		return custom("fillOpacity", 40).custom("stacking", Json.object("mode", "normal", "group", "A"));
	}

	/**
	 * A dashed line that the others should not cross.
	 * @param name the series
	 * @return this panel
	 */
	TimeSeries limit(String name) {
		return override(name, "color", Colour.LIMIT.fixed(), "custom.lineStyle",
				Json.object("fill", "dash", "dash", List.of(8, 8)), "custom.fillOpacity", 0);
	}

	/**
	 * A dashed line at a value that the others should not cross. Those that do are red as
	 * long as they do.
	 * @param value the value
	 * @return this panel
	 */
	TimeSeries limitAt(double value) {
		return thresholds(Thresholds.wrongFrom(value)).standard("color", Json.object("mode", "thresholds"))
			.custom("gradientMode", "scheme")
			.custom("thresholdsStyle", Json.object("mode", "dashed"));
	}

}
