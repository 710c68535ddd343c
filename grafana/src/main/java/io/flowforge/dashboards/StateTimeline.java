package io.flowforge.dashboards;

import java.util.List;

/**
 * A panel with states over time, in a line for each series.
 */
final class StateTimeline extends Panel<StateTimeline> {

	StateTimeline(String title, String description) {
		super("state-timeline", title, description, Unit.NONE);
		// Not "thresholds": with merged values, that mode ignores the colours of the
		// value
		// mapping.
		standard("color", Colour.QUIET.fixed());
		custom("fillOpacity", 70);
		custom("lineWidth", 0);
		option("mergeValues", true);
		option("showValue", "never");
		option("alignValue", "left");
		option("rowHeight", 0.8);
		option("legend",
				Json.object("showLegend", true, "displayMode", "list", "placement", "bottom", "calcs", List.of()));
		option("tooltip", Json.object("mode", "single", "sort", "none"));
		// For the panel only: the legend would list it as a state wherever a series
		// begins
		// later than the time range.
		overrideAll("/.*/", "noValue", "");
	}

}
