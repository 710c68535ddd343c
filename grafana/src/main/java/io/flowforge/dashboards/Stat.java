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
	 * Show a label of the result in place of its value.
	 * @param label the label
	 * @param expression the expression, in PromQL
	 * @param none the text where the expression has no result, which Grafana leaves blank
	 * in this mode
	 * @return this panel
	 */
	Stat showLabel(String label, String expression, String none) {
		return option("textMode", "name").noValue(none)
			.query(Query.instant("%s%nor on ()%nlabel_replace(vector(0), \"%s\", \"%s\", \"\", \"\")"
				.formatted(expression, label, none), "{{" + label + "}}"));
	}

}
