package io.flowforge.dashboards;

import java.util.List;

/**
 * A panel with one large number.
 */
final class Stat extends Panel<Stat> {

	Stat(String title, String description, Unit unit) {
		super("stat", title, description, unit);
		standard("color", Json.object("mode", "thresholds"));
		thresholds(Thresholds.of(Colour.AMOUNT));
		option("reduceOptions", Json.object("calcs", List.of("lastNotNull"), "fields", "", "values", false));
		option("colorMode", "value");
		option("graphMode", "none");
		option("justifyMode", "auto");
		option("orientation", "auto");
		option("textMode", "value");
		option("wideLayout", true);
		option("showPercentChange", false);
	}

	/**
	 * Show the name of the series instead of its value.
	 * @return this panel
	 */
	Stat showName() {
		return option("textMode", "name");
	}

}
