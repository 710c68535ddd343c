package io.flowforge.dashboards;

/**
 * The unit of a number.
 */
enum Unit {

	/**
	 * A number of things, with all of its digits.
	 */
	COUNT("locale", 70),

	/**
	 * A share; 1 is 100 %.
	 */
	SHARE("percentunit", 85),

	SECONDS("s", 85),

	/**
	 * Milliseconds since 1970.
	 */
	TIME("dateTimeFromNow", 135),

	BYTES("bytes", 90),

	PER_SECOND("cps", 105),

	REQUESTS_PER_SECOND("reqps", 115),

	/**
	 * No unit: lines, names, states.
	 */
	NONE("none", 70);

	private final String id;

	private final int width;

	Unit(String id, int width) {
		this.id = id;
		this.width = width;
	}

	/**
	 * The width of a column that shows any value of the unit in full.
	 * @return the width in pixels
	 */
	int width() {
		return this.width;
	}

	/**
	 * Return the id of the unit in Grafana.
	 * @return the id
	 */
	@Override
	public String toString() {
		return this.id;
	}

}
