package io.flowforge.dashboards;

/**
 * The unit of a number.
 */
enum Unit {

	/**
	 * A number of things.
	 */
	COUNT("short"),

	/**
	 * A share; 1 is 100 %.
	 */
	SHARE("percentunit"),

	SECONDS("s"),

	/**
	 * Milliseconds since 1970.
	 */
	TIME("dateTimeFromNow"),

	BYTES("bytes"),

	PER_SECOND("cps"),

	REQUESTS_PER_SECOND("reqps"),

	/**
	 * No unit: lines, names, states.
	 */
	NONE("none");

	private final String id;

	Unit(String id) {
		this.id = id;
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
