package io.flowforge.dashboards;

/**
 * Properties of the columns of tables.
 */
final class Columns {

	private Columns() {
	}

	static Object[] wrongFrom(double value) {
		return coloured(Thresholds.of(Colour.QUIET).from(value, Colour.WRONG));
	}

	static Object[] warningFrom(double value) {
		return coloured(Thresholds.of(Colour.QUIET).from(value, Colour.WARNING));
	}

	private static Object[] coloured(Thresholds thresholds) {
		return new Object[] { "custom.cellOptions", Json.object("type", "color-text"), "color",
				Json.object("mode", "thresholds"), "thresholds", thresholds.json() };
	}

	/**
	 * A bar that ends at twice the limit and is red from the limit on.
	 * @param limit the limit
	 * @return properties of a column
	 */
	static Object[] gauge(double limit) {
		return new Object[] { "custom.cellOptions",
				Json.object("type", "gauge", "mode", "basic", "valueDisplayMode", "text"), "min", 0, "max", 2 * limit,
				"color", Json.object("mode", "thresholds"), "thresholds",
				Thresholds.of(Colour.GOOD).from(limit / 2, Colour.WARNING).from(limit, Colour.WRONG).json(),
				"custom.width", 120 };
	}

}
