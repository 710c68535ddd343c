package io.flowforge.dashboards;

import io.flowforge.dashboards.Rules.Limit;

/**
 * All services of a team, or of everybody: which of them needs somebody?
 */
final class ServicesDashboard {

	static final String UID = "flowforge-services";

	private static final String MINE = Rules.SERVICE_OWNER
			+ "{environment=~\"$environment\", cluster=~\"$cluster\", team=~\"$team\"}";

	private static final String NAME = "{{application}} ({{environment}})";

	private static final ValueMapping SEVERITIES = ValueMapping.of(0, "no alert", Colour.GOOD)
		.and(1, "warning", Colour.WARNING)
		.and(2, "critical", Colour.WRONG);

	// A line for each service, for any length of time: enough to see when something
	// began.
	private static final int POINTS = 100;

	private static final String NO_REQUESTS = "No requests to these services in this time";

	private ServicesDashboard() {
	}

	static Dashboard create() {
		return new Dashboard(UID, "Services", "Every service with its owner, against its own limits.", "6h")
			.variable(Variable.labelValues("environment", "Environment", Rules.SERVICE_OWNER, "environment").multi())
			.variable(Variable
				.labelValues("cluster", "Cluster", Rules.SERVICE_OWNER + "{environment=~\"$environment\"}", "cluster")
				.multiOrNone())
			.variable(Variable
				.labelValues("team", "Owner", Rules.SERVICE_OWNER + "{environment=~\"$environment\"}", "team")
				.multi())
			.link("Logs", LogsDashboard.UID)
			.link("Telemetry", TelemetryDashboard.UID)
			.row("Is it mine, and is it bad?")
			.panels(4, services(), alerting(), down(), aboveErrorLimit(), aboveLatencyLimit(), failingChecks())
			.panels(10, table())
			.row("Since when?")
			.panels(8, alerts())
			.panels(8, errors(), latency(), requests())
			.row("Are the limits right?")
			.panels(8, atTodaysLimits())
			.panels(8, fired());
	}

	private static String mine(String expression) {
		return "%s%nand on (cluster, environment, application)%n%s".formatted(expression.strip(), MINE);
	}

	private static String perService(String function, String expression) {
		return mine("%s by (cluster, environment, application) (%s)".formatted(function, expression));
	}

	// Zero for those that the expression knows nothing of.
	private static String orZero(String expression) {
		return "%s%nor on (cluster, environment, application)%nmax by (cluster, environment, application) (0 * %s)"
			.formatted(expression, MINE);
	}

	// Between two points nothing is lost: each has the highest value since the one
	// before.
	private static String highest(String series) {
		return "max_over_time(%s[$__rate_interval])".formatted(series);
	}

	private static String total(String expression) {
		return "count(%s) or vector(0)".formatted(expression);
	}

	// --- Is it mine, and is it bad? ----------------------------------------------------

	private static Stat services() {
		return new Stat("Services", "How many services of this choice Prometheus knows of.", Unit.COUNT)
			.query(Query.instant(total(MINE), "Services"));
	}

	private static Stat alerting() {
		String firing = Metrics.ALERTS + "{alertstate=\"firing\"}";
		return new Stat("Alerting", "How many of them have an alert that fires.", Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant(total(perService("count", firing)), "Alerting"));
	}

	private static Stat down() {
		return new Stat("Down", "How many of them have targets, none of which answers.", Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant(total(mine(
					"max by (cluster, environment, application) (%s{application!=\"\"}) == 0".formatted(Metrics.UP))),
					"Down"));
	}

	private static Stat aboveErrorLimit() {
		return new Stat("Failing",
				"How many of them fail a larger share of requests than they allow themselves, over 5 minutes and with enough"
						+ " requests for the alert.",
				Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant(total(mine(withEnoughRequests("%s > on (cluster, environment, application) %s"
				.formatted(Rules.HTTP_ERROR_RATIO, Limit.ERROR_RATIO.selector())))), "Failing"));
	}

	// As the alert: by the quantile only where no bucket ends at the limit.
	private static Stat aboveLatencyLimit() {
		return new Stat("Slow",
				"How many of them answer more than 1 % of requests slower than they allow themselves, over 5 minutes and with"
						+ " enough requests for the alert.",
				Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant(total(mine(withEnoughRequests("""
					(
					  %s > 0.01
					  or
					  (%s > on (cluster, environment, application) %s unless on (cluster, environment, application) %s)
					)""".formatted(Rules.HTTP_SLOW_RATIO, Rules.HTTP_P99, Limit.LATENCY_P99_SECONDS.selector(),
					Rules.SERVICE_WITH_EXACT_LATENCY)))), "Slow"));
	}

	private static String withEnoughRequests(String expression) {
		return "(%s and on (cluster, environment, application) %s >= on (cluster, environment, application) %s)"
			.formatted(expression, Rules.HTTP_REQUESTS, Limit.MIN_REQUEST_RATE.selector());
	}

	private static Stat failingChecks() {
		return new Stat("Unhealthy", "How many of them have a health component that is not up.", Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant(total(perService("count", notUp())), "Unhealthy"));
	}

	// The groups of the probes only repeat what their members say.
	private static String notUp() {
		return Metrics.HEALTH_UP + "{component!~\"liveness|readiness\"} != 1";
	}

	private static Table table() {
		String errorRatio = Rules.HTTP_ERROR_RATIO;
		return new Table("Services against their own limits",
				"One row per service, over the last 5 minutes. A click on its name opens the service. \"Of limit\" is the"
						+ " share of failed requests divided by the limit: the alert compares the same. \"Slow\" is the share"
						+ " of requests that took longer than the p99 limit; above 1 %, so does the p99.")
			.rows(Query.table("max by (cluster, environment, application, team) (%s)".formatted(MINE)))
			.label("application", "Service", "custom.minWidth", 140, "links",
					ServiceDashboard.links("${__data.fields.Service}", "${__data.fields.Environment}"))
			.label("environment", "Environment", "custom.width", 100)
			.label("cluster", "Cluster", "custom.width", 95)
			.label("team", "Owner", "custom.width", 95)
			.value("Alerts", Unit.COUNT,
					Query.table(orZero(perService("count", Metrics.ALERTS + "{alertstate=\"firing\"}"))),
					Columns.wrongFrom(1))
			.value("Down", Unit.COUNT,
					Query.table(orZero(perService("count", Metrics.UP + "{application!=\"\"} == 0"))),
					Columns.wrongFrom(1))
			.value("Not up", Unit.COUNT, Query.table(orZero(perService("count", notUp()))), Columns.wrongFrom(1))
			.value("Requests", Unit.REQUESTS_PER_SECOND, Query.table(perService("max", Rules.HTTP_REQUESTS)))
			.value("Errors", Unit.SHARE, Query.table(perService("max", errorRatio)), "decimals", 2)
			.value("Of limit", Unit.SHARE,
					Query.table(mine("(%s / on (cluster, environment, application) %s)".formatted(errorRatio,
							Limit.ERROR_RATIO.selector()))),
					Columns.gauge(1))
			.value("p99", Unit.SECONDS, Query.table(perService("max", Rules.HTTP_P99)))
			.value("Slow", Unit.SHARE, Query.table(perService("max", Rules.HTTP_SLOW_RATIO)), Columns.gauge(0.01))
			.sortDescendingBy("Alerts")
			.sortDescendingBy("Of limit")
			.noValue("–");
	}

	// --- Since when? -------------------------------------------------------------------

	private static StateTimeline alerts() {
		String critical = Metrics.ALERTS + "{alertstate=\"firing\", severity=\"critical\"}";
		String any = Metrics.ALERTS + "{alertstate=\"firing\", severity!~\"critical|none\"}";
		return new StateTimeline("Alerts by service", "The worst alert of each service over time.")
			.maxDataPoints(POINTS)
			.noValue("No service in this choice")
			.valueMapping(SEVERITIES)
			.query(Query.range(orZero(mine("""
					(
					  2 * max by (cluster, environment, application) (%s)
					  or
					  max by (cluster, environment, application) (%s)
					)
					""".formatted(highest(critical), highest(any)))), NAME));
	}

	private static TimeSeries errors() {
		return new TimeSeries("Errors against the limit",
				"The share of failed requests divided by the service's limit. From 100 % on, the alert waits 5 minutes"
						+ " and fires.",
				Unit.SHARE)
			.maxDataPoints(POINTS)
			.limitAt(1)
			.noValue(NO_REQUESTS)
			.query(Query.range(mine("(%s / on (cluster, environment, application) %s)"
				.formatted(highest(Rules.HTTP_ERROR_RATIO), Limit.ERROR_RATIO.selector())), NAME));
	}

	private static TimeSeries latency() {
		return new TimeSeries("p99 against the limit",
				"The 99th percentile of the latency divided by the service's limit. From 100 % on, the alert waits 5 minutes"
						+ " and fires.",
				Unit.SHARE)
			.maxDataPoints(POINTS)
			.limitAt(1)
			.noValue(NO_REQUESTS)
			.query(Query.range(mine("(%s / on (cluster, environment, application) %s)"
				.formatted(highest(Rules.HTTP_P99), Limit.LATENCY_P99_SECONDS.selector())), NAME));
	}

	private static TimeSeries requests() {
		return new TimeSeries("Requests", "Requests per second, without those to the actuator.",
				Unit.REQUESTS_PER_SECOND)
			.maxDataPoints(POINTS)
			.noValue(NO_REQUESTS)
			.query(Query.range(mine(highest(Rules.HTTP_REQUESTS)), NAME));
	}

	// --- Are the limits right? ---------------------------------------------------------

	private static Table atTodaysLimits() {
		Table table = ofSevenDays("At today's limits, in 7 days",
				"For how long each alert would have fired in the last 7 days if the limits had been those of today. Too"
						+ " long: the limit is too strict, or the service too bad. Worked out every ten minutes.");
		addLimit(table, "Error limit", Unit.SHARE, Limit.ERROR_RATIO);
		addSeconds(table, "Errors", Rules.ALERT_AT_TODAYS_LIMIT, Alerts.HIGH_ERROR_RATIO);
		addLimit(table, "p99 limit", Unit.SECONDS, Limit.LATENCY_P99_SECONDS);
		addSeconds(table, "Latency", Rules.ALERT_AT_TODAYS_LIMIT, Alerts.HIGH_LATENCY);
		addLimit(table, "Objective", Unit.SHARE, Limit.SLO_OBJECTIVE);
		addSeconds(table, "Budget", Rules.ALERT_AT_TODAYS_LIMIT, Alerts.ERROR_BUDGET_BURN);
		return table.sortDescendingBy("Errors");
	}

	private static Table fired() {
		Table table = ofSevenDays("Alerts without a limit, in 7 days",
				"For how long each of the other alerts fired in the last 7 days. Worked out every ten minutes.");
		addSeconds(table, "Health", Rules.ALERT_FIRING, Alerts.HEALTH_CHECK_FAILING);
		addSeconds(table, "Service down", Rules.ALERT_FIRING, Alerts.SERVICE_DOWN);
		addSeconds(table, "Instance down", Rules.ALERT_FIRING, Alerts.INSTANCE_DOWN);
		addSeconds(table, "Vanished", Rules.ALERT_FIRING, Alerts.SERVICE_VANISHED);
		addSeconds(table, "Telemetry", Rules.ALERT_FIRING, Alerts.TELEMETRY_LOST);
		return table.sortDescendingBy("Health");
	}

	private static Table ofSevenDays(String title, String description) {
		return new Table(title, description)
			.rows(Query.table("max by (cluster, environment, application) (%s)".formatted(MINE)))
			.label("application", "Service", "custom.minWidth", 140, "links",
					ServiceDashboard.links("${__data.fields.Service}", "${__data.fields.Environment}"))
			.label("environment", "Environment", "custom.width", 100)
			.label("cluster", "Cluster", "custom.width", 95)
			.noValue("–");
	}

	private static void addLimit(Table table, String name, Unit unit, Limit limit) {
		table.value(name, unit, Query.table(perService("max", limit.selector())), "decimals",
				(limit == Limit.SLO_OBJECTIVE) ? 2 : 1);
	}

	private static void addSeconds(Table table, String name, String rule, String alert) {
		table.value(name, Unit.SECONDS,
				Query.table(
						orZero(perService("max", "last_over_time(%s{alertname=\"%s\"}[35m])".formatted(rule, alert)))),
				Columns.warningFrom(1));
	}

}
