package io.flowforge.dashboards;

import java.util.Map;

/**
 * Colours by what they mean, by Grafana's names for them. Red is for what is wrong, and
 * for nothing else; so none of Grafana's palettes is used, for all of them contain it.
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
	 * Grafana's name of the colour.
	 * @return a colour
	 */
	@Override
	public String toString() {
		return this.name;
	}

	Map<String, Object> fixed() {
		return Json.object("mode", "fixed", "fixedColor", this.name);
	}

	/**
	 * As many tones of the colour as there are series.
	 * @return a colour mode
	 */
	Map<String, Object> shades() {
		return Json.object("mode", "shades", "fixedColor", this.name);
	}

	/**
	 * From blue for the series with the least to purple for the one with most.
	 * @return a colour mode
	 */
	static Map<String, Object> amounts() {
		return Json.object("mode", "continuous-BlPu", "seriesBy", "max");
	}

}
