package io.flowforge.dashboards;

import io.flowforge.dashboards.Rules.Limit;

/**
 * How often, and for how long, an alert of a service would have fired in the last seven
 * days with today's limits. The resolution is a minute. {@code keep_firing_for} is left
 * out, as it only makes an alert end later.
 */
final class AlertBacktest {

	// Only the chosen environments: a week of all of them would take too long.
	private static final String CHOSEN = "environment=~\"$environment\"";

	private static final String HERE = "{" + CHOSEN + "}";

	private final String firing;

	private final int step;

	private AlertBacktest(String condition, int minutes) {
		// True at the first of these minutes, at the last, and at all between. The window
		// is half a minute longer, because the version of Prometheus decides whether a
		// window includes its start.
		this("sum_over_time((%s)[%dm30s:1m]) >= bool %d".formatted(condition.strip(), minutes, minutes + 1));
	}

	private AlertBacktest(String firing) {
		this(1, firing);
	}

	private AlertBacktest(int step, String firing) {
		this.step = step;
		this.firing = firing.strip();
	}

	static AlertBacktest highErrorRatio() {
		return new AlertBacktest("""
				(%s > bool on (environment, application) %s @ end())
				* on (environment, application)
				(%s >= bool on (environment, application) %s @ end())
				or
				0 * %s
				""".formatted(Rules.HTTP_ERROR_RATIO + HERE, Limit.ERROR_RATIO.of(CHOSEN), Rules.HTTP_REQUESTS + HERE,
				Limit.MIN_REQUEST_RATE.of(CHOSEN), Rules.SERVICE + HERE), 5);
	}

	/**
	 * The alert on the latency. The share of slow requests was recorded with the limit of
	 * its time. Where that was another limit, the interpolated quantile is used.
	 * @return the alert
	 */
	static AlertBacktest highLatency() {
		String limit = Limit.LATENCY_P99_SECONDS.of(CHOSEN);
		return new AlertBacktest("""
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
	 * The alert on the error budget. It is evaluated every five minutes, as its windows
	 * are long and slow to query. That covers its {@code for} of two minutes.
	 * @return the alert
	 */
	static AlertBacktest errorBudgetBurn() {
		return new AlertBacktest(5, """
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
	 * An alert without a limit, as Prometheus recorded it.
	 * @param alert the name of the alert
	 * @return the alert
	 */
	static AlertBacktest recorded(String alert) {
		return new AlertBacktest("""
				max by (environment, application) (%s{alertname="%s", alertstate="firing", %s})
				or
				0 * %s""".formatted(Metrics.ALERTS, alert, CHOSEN, Rules.SERVICE + HERE));
	}

	/**
	 * How often the alert fires.
	 * @return an expression with a row for each service
	 */
	String count() {
		return "ceil(changes((%s)[7d:%dm]) / 2)".formatted(this.firing, this.step);
	}

	/**
	 * How long the alert fires in all.
	 * @return an expression with a row for each service, in seconds
	 */
	String firingSeconds() {
		return "%d * sum_over_time((%s)[7d:%dm])".formatted(60 * this.step, this.firing, this.step);
	}

}
