package io.flowforge.observability.benchmarks.dashboards;

import java.time.Duration;

/**
 * A time range that somebody looks at, and what Grafana makes of it.
 *
 * @param name how people write it
 * @param length how long it is
 */
record Range(String name, Duration length) {

	private static final int PIXELS = 1440;

	private static final int SCRAPE = 15;

	// What Grafana rounds the seconds between two points to, each from the limit to its
	// left on; of ranges between six hours and a month.
	private static final int[][] ROUNDED = { { 0, 15 }, { 18, 20 }, { 25, 30 }, { 45, 60 }, { 90, 120 }, { 210, 300 },
			{ 450, 600 }, { 750, 900 }, { 1_050, 1_200 }, { 1_500, 1_800 }, { 2_700, 3_600 }, { 5_400, 7_200 } };

	/**
	 * Return the seconds between two points: at least the interval of the data source.
	 * @param points how many points a panel wants at most; if 0, as many as it has pixels
	 * @return the step
	 */
	int step(int points) {
		long seconds = this.length.toSeconds() / ((points > 0) ? points : PIXELS);
		int step = SCRAPE;
		for (int[] rounded : ROUNDED) {
			step = (seconds >= rounded[0]) ? rounded[1] : step;
		}
		return step;
	}

	/**
	 * Return what is in the place of {@code $__rate_interval}.
	 * @param points as for the step
	 * @return a duration, as PromQL has it
	 */
	String rateInterval(int points) {
		return Math.max(step(points) + SCRAPE, 4 * SCRAPE) + "s";
	}

}
