package io.flowforge.dashboards;

import java.util.List;

/**
 * States over time, a line for each thing that has one.
 */
final class StateTimeline extends Panel<StateTimeline> {

	StateTimeline(String title, String description) {
		super("state-timeline", title, description, Unit.NONE);
		standard("color", Json.object("mode", "thresholds"));
		thresholds(Thresholds.of(Colour.QUIET));
		custom("fillOpacity", 70);
		custom("lineWidth", 0);
		option("mergeValues", true);
		option("showValue", "never");
		option("alignValue", "left");
		option("rowHeight", 0.8);
		option("legend",
				Json.object("showLegend", true, "displayMode", "list", "placement", "bottom", "calcs", List.of()));
		option("tooltip", Json.object("mode", "single", "sort", "none"));
	}

}
