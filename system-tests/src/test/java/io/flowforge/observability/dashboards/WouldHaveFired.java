package io.flowforge.observability.dashboards;

import io.flowforge.observability.dashboards.Rules.Limit;

/**
 * How often, and for how long, an alert of a service would have fired in the last seven
 * days if the limits had been those of today. A minute is as close as it looks;
 * {@code keep_firing_for} is left out, for it only adds to the end.
 */
final class WouldHaveFired {

	private static final String WEEK = "[7d:1m]";

	private final String fires;

	private WouldHaveFired(String condition, int minutes) {
		// Held for so many minutes: true at the first of them, at the last, and at all
		// between. Half a minute more, for whether a window includes its beginning
		// depends on Prometheus's version.
		this.fires = "sum_over_time((%s)[%dm30s:1m]) >= bool %d".formatted(condition.strip(), minutes, minutes + 1);
	}

	private WouldHaveFired(String fires) {
		this.fires = fires;
	}

	static WouldHaveFired highErrorRatio() {
		return new WouldHaveFired("""
				(%s > bool on (environment, application) %s @ end())
				* on (environment, application)
				(%s >= bool on (environment, application) %s @ end())
				or
				0 * %s
				""".formatted(Rules.HTTP_ERROR_RATIO, Limit.ERROR_RATIO.selector(), Rules.HTTP_REQUESTS,
				Limit.MIN_REQUEST_RATE.selector(), Rules.SERVICE), 5);
	}

	/**
	 * The share of slow requests was recorded for the limit of its time. Where that was
	 * another one, the interpolated quantile stands in.
	 * @return the alert on the latency
	 */
	static WouldHaveFired highLatency() {
		String limit = Limit.LATENCY_P99_SECONDS.selector();
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
				""".formatted(Rules.HTTP_SLOW_RATIO, limit, limit, Rules.HTTP_P99, limit, Rules.HTTP_REQUESTS,
				Limit.MIN_REQUEST_RATE.selector(), Rules.SERVICE), 5);
	}

	static WouldHaveFired errorBudgetBurn() {
		return new WouldHaveFired("""
				clamp_max(
				  %s
				  + on (environment, application)
				  %s,
				  1
				)
				or
				max by (environment, application) (0 * %s)
				""".formatted(burns(14.4, Rules.HTTP_ERROR_RATIO_1H, Rules.HTTP_ERROR_RATIO, "1h"),
				burns(6, Rules.HTTP_ERROR_RATIO_6H, Rules.HTTP_ERROR_RATIO_30M, "6h"), Limit.SLO_OBJECTIVE.selector()),
				2);
	}

	private static String burns(double factor, String longWindow, String shortWindow, String window) {
		String limit = "> bool on (environment, application) (%s * (1 - %s @ end()))".formatted(factor,
				Limit.SLO_OBJECTIVE.selector());
		return """
				(%s %s) * on (environment, application) (%s %s) * on (environment, application)
				  (avg_over_time(%s[%s]) >= bool on (environment, application) %s @ end())""".formatted(longWindow,
				limit, shortWindow, limit, Rules.HTTP_REQUESTS, window, Limit.MIN_REQUEST_RATE.selector());
	}

	/**
	 * An alert without a limit: how it did fire.
	 * @param alert its name
	 * @return the alert
	 */
	static WouldHaveFired asItDid(String alert) {
		return new WouldHaveFired("""
				max by (environment, application) (%s{alertname="%s", alertstate="firing"})
				or
				0 * %s""".formatted(Metrics.ALERTS, alert, Rules.SERVICE));
	}

	/**
	 * How often.
	 * @return an expression with a row for each service
	 */
	String times() {
		return "ceil(changes((%s)%s) / 2)".formatted(this.fires, WEEK);
	}

	/**
	 * How long in all.
	 * @return an expression with a row for each service, in seconds
	 */
	String seconds() {
		return "60 * sum_over_time((%s)%s)".formatted(this.fires, WEEK);
	}

}
