package io.flowforge.dashboards;

import java.util.List;

/**
 * A panel with lines over time.
 */
final class TimeSeries extends Panel<TimeSeries> {

	private static final Object[] LIMIT = { "color", Colour.LIMIT.fixed(), "custom.lineStyle",
			Json.object("fill", "dash", "dash", List.of(8, 8)), "custom.fillOpacity", 0 };

	TimeSeries(String title, String description, Unit unit) {
		super("timeseries", title, description, unit);
		standard("color", Colour.amounts());
		min(0);
		custom("drawStyle", "line");
		custom("lineWidth", 1);
		custom("fillOpacity", 8);
		custom("showPoints", "never");
		if (unit == Unit.PER_SECOND) {
			// A line at zero stays at the bottom of a scale up to 1.
			custom("axisSoftMax", 1);
		}
		// In milliseconds: a gap that is shorter than two scrapes is closed.
		custom("spanNulls", 60_000);
		option("legend",
				Json.object("showLegend", true, "displayMode", "list", "placement", "bottom", "calcs", List.of()));
		option("tooltip", Json.object("mode", "multi", "sort", "desc"));
	}

	/**
	 * Stack the values as bars, for counts.
	 * @return this panel
	 */
	TimeSeries stackedBars() {
		return custom("drawStyle", "bars").custom("fillOpacity", 80)
			.custom("lineWidth", 0)
			.custom("stacking", Json.object("mode", "normal", "group", "A"));
	}

	/**
	 * Stack the values as areas, for parts of a whole.
	 * @return this panel
	 */
	TimeSeries stacked() {
		return custom("fillOpacity", 40).custom("stacking", Json.object("mode", "normal", "group", "A"));
	}

	/**
	 * Show a series as a limit: a dashed line that the others should not cross.
	 * @param name the name of the series
	 * @return this panel
	 */
	TimeSeries limit(String name) {
		return override(name, LIMIT);
	}

	/**
	 * Show several series as limits.
	 * @param names a regular expression for their names
	 * @return this panel
	 */
	TimeSeries limits(String names) {
		return overrideAll(names, LIMIT);
	}

	/**
	 * Show a series as what was at the same time a week before: grey, in the background.
	 * @param name the name of the series
	 * @return this panel
	 */
	TimeSeries weekBefore(String name) {
		return override(name, "color", Colour.QUIET.fixed(), "custom.lineStyle",
				Json.object("fill", "dot", "dash", List.of(2, 6)), "custom.fillOpacity", 0);
	}

	/**
	 * Tell traces, in blue, from logs, in purple and dashed; each service has a shade.
	 * @return this panel
	 */
	TimeSeries colouredBySignal() {
		return overrideAll("/\\btraces$/", "color", Colour.AMOUNT.shades())
			.overrideAll("/\\blogs$/", "color", Colour.OTHER.shades())
			.dashed("/\\blogs$/");
	}

	/**
	 * Draw some series as dashed lines.
	 * @param names a regular expression for their names
	 * @return this panel
	 */
	TimeSeries dashed(String names) {
		return overrideAll(names, "custom.lineStyle", Json.object("fill", "dash", "dash", List.of(4, 4)));
	}

	/**
	 * Draw a dashed line at a value, whose colour is that of a limit.
	 * @param value the value
	 * @return this panel
	 */
	TimeSeries lineAt(double value) {
		return thresholds(Thresholds.of(Colour.QUIET).from(value, Colour.LIMIT)).custom("thresholdsStyle",
				Json.object("mode", "dashed"));
	}

	/**
	 * Show a limit at a value: a dashed line. Lines are red while they are above it.
	 * @param value the value
	 * @return this panel
	 */
	TimeSeries limitAt(double value) {
		return thresholds(Thresholds.wrongFrom(value)).standard("color", Json.object("mode", "thresholds"))
			.custom("gradientMode", "scheme")
			.custom("thresholdsStyle", Json.object("mode", "dashed"));
	}

}
