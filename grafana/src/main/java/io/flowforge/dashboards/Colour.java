package io.flowforge.dashboards;

import java.util.Map;

/**
 * Colours by what they mean. Red is only for what is wrong, so none of Grafana's palettes
 * is used: all of them contain red.
 */
enum Colour {

	/**
	 * Beyond a limit, failed, lost, down.
	 */
	WRONG("red"),

	/**
	 * Not wrong yet.
	 */
	WARNING("orange"),

	/**
	 * As it should be.
	 */
	GOOD("green"),

	/**
	 * A limit.
	 */
	LIMIT("dark-orange"),

	/**
	 * An amount that is neither good nor bad.
	 */
	AMOUNT("blue"),

	/**
	 * A second amount beside the first.
	 */
	OTHER("purple"),

	/**
	 * A third amount.
	 */
	THIRD("light-blue"),

	/**
	 * Of no interest.
	 */
	QUIET("text");

	private final String name;

	Colour(String name) {
		this.name = name;
	}

	/**
	 * Return the name of the colour in Grafana.
	 * @return the name
	 */
	@Override
	public String toString() {
		return this.name;
	}

	Map<String, Object> fixed() {
		return Json.object("mode", "fixed", "fixedColor", this.name);
	}

	/**
	 * A shade of the colour for each series.
	 * @return a colour mode
	 */
	Map<String, Object> shades() {
		return Json.object("mode", "shades", "fixedColor", this.name);
	}

	/**
	 * Colours from blue, for the series with the smallest values, to purple, for the
	 * series with the largest.
	 * @return a colour mode
	 */
	static Map<String, Object> amounts() {
		return Json.object("mode", "continuous-BlPu", "seriesBy", "max");
	}

}
