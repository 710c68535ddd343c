package io.flowforge.dashboards;

/**
 * What a number is of, by Grafana's ids.
 */
enum Unit {

	/**
	 * How many.
	 */
	COUNT("short"),

	/**
	 * 1 is 100 %.
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
	 * Nothing to count: lines, names, states.
	 */
	NONE("none");

	private final String id;

	Unit(String id) {
		this.id = id;
	}

	/**
	 * Grafana's id of the unit.
	 * @return an id
	 */
	@Override
	public String toString() {
		return this.id;
	}

}
