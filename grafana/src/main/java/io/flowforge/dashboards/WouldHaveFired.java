package io.flowforge.dashboards;

import io.flowforge.dashboards.Rules.Limit;

/**
 * How often, and for how long, an alert of a service would have fired in the last seven
 * days if the limits had been those of today. A minute is as close as it looks;
 * {@code keep_firing_for} is left out, for it only adds to the end.
 */
final class WouldHaveFired {

	// Of the environments that are chosen: a week of all would take its time.
	private static final String CHOSEN = "environment=~\"$environment\"";

	private static final String HERE = "{" + CHOSEN + "}";

	private final String fires;

	private final int step;

	private WouldHaveFired(String condition, int minutes) {
		// Held for so many minutes: true at the first of them, at the last, and at all
		// between. Half a minute more, for whether a window includes its beginning
		// depends on Prometheus's version.
		this("sum_over_time((%s)[%dm30s:1m]) >= bool %d".formatted(condition.strip(), minutes, minutes + 1));
	}

	private WouldHaveFired(String fires) {
		this(1, fires);
	}

	private WouldHaveFired(int step, String fires) {
		this.step = step;
		this.fires = fires.strip();
	}

	static WouldHaveFired highErrorRatio() {
		return new WouldHaveFired("""
				(%s > bool on (environment, application) %s @ end())
				* on (environment, application)
				(%s >= bool on (environment, application) %s @ end())
				or
				0 * %s
				""".formatted(Rules.HTTP_ERROR_RATIO + HERE, Limit.ERROR_RATIO.of(CHOSEN), Rules.HTTP_REQUESTS + HERE,
				Limit.MIN_REQUEST_RATE.of(CHOSEN), Rules.SERVICE + HERE), 5);
	}

	/**
	 * The share of slow requests was recorded for the limit of its time. Where that was
	 * another one, the interpolated quantile stands in.
	 * @return the alert on the latency
	 */
	static WouldHaveFired highLatency() {
		String limit = Limit.LATENCY_P99_SECONDS.of(CHOSEN);
		return new WouldHaveFired("""
				(
				  (
				      %s > bool 0.01
				    and on (environment, application)
				      %s == on (environment, application) %s @ end()
				  )
				  or on (environment, application)
				  (%s > bool on (environment, application) %s @ end())
				)
				* on (environment, application)
				(%s >= bool on (environment, application) %s @ end())
				or
				0 * %s
				""".formatted(Rules.HTTP_SLOW_RATIO + HERE, limit, limit, Rules.HTTP_P99 + HERE, limit,
				Rules.HTTP_REQUESTS + HERE, Limit.MIN_REQUEST_RATE.of(CHOSEN), Rules.SERVICE + HERE), 5);
	}

	/**
	 * Its windows are long, and so is the time that it takes to look at them: every five
	 * minutes are enough, and hold its two minutes.
	 * @return the alert on the error budget
	 */
	static WouldHaveFired errorBudgetBurn() {
		return new WouldHaveFired(5, """
				clamp_max(
				  %s
				  + on (environment, application)
				  %s,
				  1
				)
				or
				max by (environment, application) (0 * %s)
				""".formatted(burns(14.4, Rules.HTTP_ERROR_RATIO_1H, Rules.HTTP_ERROR_RATIO, "1h"),
				burns(6, Rules.HTTP_ERROR_RATIO_6H, Rules.HTTP_ERROR_RATIO_30M, "6h"), Limit.SLO_OBJECTIVE.of(CHOSEN)));
	}

	private static String burns(double factor, String longWindow, String shortWindow, String window) {
		String limit = "> bool on (environment, application) (%s * (1 - %s @ end()))".formatted(factor,
				Limit.SLO_OBJECTIVE.of(CHOSEN));
		return """
				(%s %s) * on (environment, application) (%s %s) * on (environment, application)
				  (avg_over_time(%s[%s]) >= bool on (environment, application) %s @ end())""".formatted(
				longWindow + HERE, limit, shortWindow + HERE, limit, Rules.HTTP_REQUESTS + HERE, window,
				Limit.MIN_REQUEST_RATE.of(CHOSEN));
	}

	/**
	 * An alert without a limit: how it did fire.
	 * @param alert its name
	 * @return the alert
	 */
	static WouldHaveFired asItDid(String alert) {
		return new WouldHaveFired("""
				max by (environment, application) (%s{alertname="%s", alertstate="firing", %s})
				or
				0 * %s""".formatted(Metrics.ALERTS, alert, CHOSEN, Rules.SERVICE + HERE));
	}

	/**
	 * How often.
	 * @return an expression with a row for each service
	 */
	String times() {
		return "ceil(changes((%s)[7d:%dm]) / 2)".formatted(this.fires, this.step);
	}

	/**
	 * How long in all.
	 * @return an expression with a row for each service, in seconds
	 */
	String seconds() {
		return "%d * sum_over_time((%s)[7d:%dm])".formatted(60 * this.step, this.fires, this.step);
	}

}
