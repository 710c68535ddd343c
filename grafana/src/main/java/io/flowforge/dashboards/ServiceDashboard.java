package io.flowforge.dashboards;

import java.util.List;
import java.util.Map;

import io.flowforge.dashboards.Rules.Limit;

/**
 * One service: what a person on call asks, in the order in which it is asked. The links
 * in alerts lead here.
 */
final class ServiceDashboard {

	static final String UID = "flowforge-service";

	private static final String SERVICE = "environment=\"$environment\", cluster=~\"$cluster\", application=\"$application\"";

	private static final String HERE = "{" + SERVICE + "}";

	private static final String ERRORS_HERE = "{" + SERVICE + ", objective=\"errors\"}";

	private static final String INSTANCE = SERVICE + ", job=~\"$job\", instance=~\"$instance\"";

	private static final String ON_INSTANCE = "{" + INSTANCE + "}";

	private static final ServerRequests REQUESTS = new ServerRequests(INSTANCE);

	// When the first instance of each version started.
	private static final String FIRST_OF_VERSION = """
			min by (version) (
			  %s
			  * on (cluster, job, instance) group_left (version)
			  max by (cluster, job, instance, version) (%s)
			)""".formatted(Metrics.PROCESS_START_TIME + ON_INSTANCE, Metrics.SERVICE_VERSION + ON_INSTANCE);

	private static final String LOGS = "{service_name=\"$application\", deployment_environment_name=\"$environment\"}";

	private static final String SPANS = "resource.service.name=\"$application\" && resource.deployment.environment.name=\"$environment\"";

	private static final String UNKNOWN = "Prometheus knows no such service";

	private static final String A_WEEK_BEFORE = "a week before";

	private static final String P99_A_WEEK_BEFORE = "p99 a week before";

	private static final String NO_REQUESTS = "No requests in this time";

	private static final String NO_INSTANCE = "No instance answers Prometheus";

	private ServiceDashboard() {
	}

	/**
	 * Links from another dashboard.
	 * @param application expression for the service's name
	 * @param environment expression for its environment
	 * @return links of a field
	 */
	static List<Map<String, Object>> links(String application, String environment) {
		return List.of(
				Json.object("title", "Open the service", "url",
						"/d/%s?var-application=%s&var-environment=%s&${cluster:queryparam}&${__url_time_range}"
							.formatted(UID, application, environment)),
				Json.object("title", "Open its logs", "url",
						"/d/%s?var-application=%s&var-environment=%s&${__url_time_range}".formatted(LogsDashboard.UID,
								application, environment)));
	}

	/**
	 * A link from a series to a service of the same environment.
	 * @param title the text of the link
	 * @param application expression for the service's name
	 * @return a link of a field
	 */
	static Map<String, Object> link(String title, String application) {
		return Json.object("title", title, "url",
				"/d/%s?var-application=%s&${environment:queryparam}&${__url_time_range}".formatted(UID, application));
	}

	static Dashboard create() {
		return new Dashboard(UID, "Service",
				"One service: is it mine, is it bad, since when, which route, which request.", "1h")
			.variable(Variable.labelValues("environment", "Environment", Rules.SERVICE_OWNER, "environment"))
			.variable(Variable.labelValues("application", "Service",
					Rules.SERVICE_OWNER + "{environment=\"$environment\"}", "application"))
			.variable(Variable
				.labelValues("cluster", "Cluster",
						Rules.SERVICE_OWNER + "{environment=\"$environment\", application=\"$application\"}", "cluster")
				.multiOrNone())
			.variable(Variable.labelValues("job", "Job", Metrics.UP + HERE, "job").multi().hidden())
			.variable(Variable.labelValues("instance", "Instance", Metrics.UP + HERE, "instance").multi())
			.variable(Variable.queryResult("route", "Route", ServerRequests.routes(SERVICE), "uri").multiOrNone())
			.variable(Variable.labelValues("alertmanager_url", "Alertmanager", Rules.LINKS, "alertmanager").hidden())
			.variable(Variable.labelValues("runbooks_url", "Runbooks", Rules.LINKS, "runbooks").hidden())
			.annotationAtTimes("Alerts", Colour.WRONG,
					"1000 * min by (alertname) (%s{%s} and ignoring (alertstate) %s{alertstate=\"firing\", %s})"
						.formatted(Metrics.ALERTS_FOR_STATE, SERVICE, Metrics.ALERTS, SERVICE),
					"{{alertname}} began")
			.annotationAtTimes("Starts", Colour.OTHER, "1000 * %s%s".formatted(Metrics.PROCESS_START_TIME, ON_INSTANCE),
					"{{instance}} started")
			.annotationAtTimes("Deploys", Colour.AMOUNT, "1000 * " + FIRST_OF_VERSION, "Version {{version}} came")
			.link("All services", ServicesDashboard.UID)
			.link("Logs", LogsDashboard.UID)
			.link("Telemetry", TelemetryDashboard.UID)
			.row("Is it mine, and is it bad?")
			.panels(4, failingSince().width(5), worstRoute().width(6), worstException().width(5), version().width(4),
					lastDeploy().width(4))
			.panels(4, errorsNow().width(4), errorsOfLimit().width(4), slowNow().width(3), p99Now(), requestsNow(),
					owner().width(5))
			.panels(7, instancesNow().width(4), whatFires().width(11), saturation().width(9))
			.row("Since when?")
			.panels(9, requests(), errors(), latency())
			.panels(8, alerts().width(9), health().width(6), budget().width(5), remainingBudget().width(4))
			.row("Which route?")
			.panels(9, failingRoutes().width(13), slowRoutes().width(11))
			.panels(9, statuses(), durations())
			.row("Which request?")
			.panels(12, errorLogs(), errorTraces())
			.row("Which instance?")
			.panels(6, instances())
			.row("Is it somebody else?")
			.panels(8, calls(), callErrors(), callDurations())
			.panels(8, graphIn(), graphOut(), graphErrors(), graphDurations())
			.row("Is it the machine?")
			.panels(8, cpu(), memory(), gc(), threads())
			.panels(8, requestThreads(), connections(), executors(), telemetryQueue());
	}

	// --- Is it mine, and is it bad? ----------------------------------------------------

	private static Stat failingSince() {
		return new Stat("Failing since",
				"Since when the oldest alert of this service has held, critical ones and warnings, also while it waits before"
						+ " it fires.",
				Unit.TIME)
			.thresholds(Thresholds.of(Colour.QUIET).from(1, Colour.WRONG))
			.noValue("nothing fails")
			.query(Query.instant(
					"1000 * min(%s{%s, severity=~\"critical|warning\"})".formatted(Metrics.ALERTS_FOR_STATE, SERVICE),
					"Failing since"));
	}

	private static Stat worstRoute() {
		return new Stat("Worst route", "The route with most of the failed requests of the time that is looked at.",
				Unit.NONE)
			.showLabel("route", "label_join(topk(1, %s > 0), \"route\", \" \", \"method\", \"uri\")"
				.formatted(REQUESTS.failed(ServerRequests.INCREASE, "method", "uri")), "no request failed");
	}

	private static Stat worstException() {
		return new Stat("Exception",
				"The exception of most of the failed requests of the time that is looked at; \"none\" where they failed"
						+ " without one.",
				Unit.NONE)
			.showLabel("exception", "topk(1, %s > 0)".formatted(REQUESTS.failed(ServerRequests.INCREASE, "exception")),
					"no request failed");
	}

	private static Stat instancesNow() {
		return new Stat("Instances", "How many instances are up, and on how many of them requests fail now.",
				Unit.COUNT)
			.option("textMode", "value_and_name")
			.query(Query.instant("count(max by (instance) (%s) == 1) or vector(0)".formatted(Metrics.UP + ON_INSTANCE),
					"up"))
			.query(Query.instant(
					"count(%s > 0) or vector(0)".formatted(REQUESTS.failed(ServerRequests.RATE, "instance")),
					"failing"))
			.override("failing", "thresholds", Thresholds.wrongFrom(1).json());
	}

	private static Stat version() {
		return new Stat("Version", "What runs: more than one version during a deploy.", Unit.NONE).showLabel("version",
				"count by (version) (%s)".formatted(Metrics.SERVICE_VERSION + ON_INSTANCE), "unknown");
	}

	private static Stat lastDeploy() {
		return new Stat("Deployed",
				"When the first of the running instances of the newest version started; where the version is not known,"
						+ " the newest instance.",
				Unit.TIME)
			.noValue(NO_INSTANCE)
			.query(Query.instant(
					"1000 * (max(%s) or max(%s))".formatted(FIRST_OF_VERSION, Metrics.PROCESS_START_TIME + ON_INSTANCE),
					"Deployed"));
	}

	private static Table whatFires() {
		String fires = "max by (cluster, alertname, severity) (%s{alertstate=\"firing\", severity!=\"none\", %s})"
			.formatted(Metrics.ALERTS, SERVICE);
		return new Table("What fires",
				"The alerts of this service that fire, also those that are silenced or wait for working hours. A click on one"
						+ " leads to its runbook; beside it, to a new silence or to Alertmanager, for its cluster only.")
			.rows(Query.table(withMatchers(fires)))
			.label("alertname", "Alert", "custom.minWidth", 150, "links", runbookLink(), "mappings",
					List.of(ValueMapping.without("FlowForge")))
			.label("cluster", "Cluster", "custom.width", 85)
			.label("severity", "Severity", "custom.width", 90)
			// Grafana's buttons to filter by a value would be on top of the link.
			.label("matchers", "Silence", "custom.width", 80, "links", alertmanagerLinks(), "filterable", false,
					"mappings", List.of(ValueMapping.any("silence …")))
			.value("Since", Unit.TIME, Query.table("""
					1000 * min by (cluster, alertname, severity) (%s{%s})
					and
					%s""".formatted(Metrics.ALERTS_FOR_STATE, SERVICE, fires)))
			// Alphabetically, critical comes first.
			.sortAscendingBy("Severity")
			.noValue("No alert fires");
	}

	// What Alertmanager finds the alert by. Grafana cannot leave out what a row has no
	// value for, so the cluster is put there by Prometheus, where there is one.
	private static String withMatchers(String alerts) {
		return """
				max by (cluster, alertname, severity, matchers) (
				  label_join(
				    label_replace(
				      label_replace(%s, "alert", "alertname=\\"$1\\"", "alertname", "(.+)"),
				      "in", ",cluster=\\"$1\\"", "cluster", "(.+)"
				    ),
				    "matchers", "", "alert", "in"
				  )
				)""".formatted(alerts);
	}

	private static List<Map<String, Object>> runbookLink() {
		return List.of(Json.object("title", "Runbook", "url",
				"${runbooks_url}/${__value.raw:percentencode}.md?application=${application:percentencode}"
						+ "&environment=${environment:percentencode}",
				"targetBlank", true));
	}

	private static List<Map<String, Object>> alertmanagerLinks() {
		String filter = "%7B${__value.raw:percentencode}%2Cenvironment%3D%22${environment:percentencode}"
				+ "%22%2Capplication%3D%22${application:percentencode}%22%7D";
		return List.of(
				Json.object("title", "Silence", "url", "${alertmanager_url}/#/silences/new?filter=" + filter,
						"targetBlank", true),
				Json.object("title", "In Alertmanager", "url", "${alertmanager_url}/#/alerts?filter=" + filter,
						"targetBlank", true));
	}

	// Each as the fullest of all instances.
	private static TimeSeries saturation() {
		return new TimeSeries("How full it is",
				"The share in use of what can run out, on the instance that has least left. Above the line, requests soon"
						+ " wait.",
				Unit.SHARE)
			.max(1)
			.lineAt(0.9)
			.noValue(NO_INSTANCE)
			.query(Query.range("max(%s / %s or %s / %s)".formatted(Metrics.TOMCAT_BUSY + ON_INSTANCE,
					Metrics.TOMCAT_MAX + ON_INSTANCE, Metrics.JETTY_BUSY + ON_INSTANCE,
					Metrics.JETTY_MAX + ON_INSTANCE), "request threads"))
			.query(Query.range(
					"max(%s / %s)".formatted(Metrics.HIKARI_ACTIVE + ON_INSTANCE, Metrics.HIKARI_MAX + ON_INSTANCE),
					"database connections"))
			.query(Query.range("""
					max(
					  sum by (instance) (%1$s{%3$s, area="heap"})
					  / sum by (instance) (%2$s{%3$s, area="heap"} > 0)
					)""".formatted(Metrics.JVM_MEMORY_USED, Metrics.JVM_MEMORY_MAX, INSTANCE), "heap"))
			.query(Query.range("max(%s)".formatted(Metrics.PROCESS_CPU_USAGE + ON_INSTANCE), "CPU"))
			.query(Query.range("max(%s / %s)".formatted(Metrics.TELEMETRY_QUEUE_SIZE + ON_INSTANCE,
					Metrics.TELEMETRY_QUEUE_CAPACITY + ON_INSTANCE), "telemetry queue"))
			.colour("request threads", Colour.AMOUNT)
			.colour("database connections", Colour.OTHER)
			.colour("heap", Colour.THIRD)
			.colour("CPU", Colour.QUIET)
			.colour("telemetry queue", Colour.AMOUNT)
			.dashed("/^telemetry queue$/");
	}

	private static Stat owner() {
		return new Stat("Owner", "Who is told when this service fails, and in which channel.", Unit.NONE).showLabel(
				"owner",
				"label_join(%s, \"owner\", \" \", \"team\", \"slack_channel\")".formatted(Rules.SERVICE_OWNER + HERE),
				"not known");
	}

	private static Stat requestsNow() {
		return new Stat("Requests", "Requests per second over 5 minutes, without those to the actuator.",
				Unit.REQUESTS_PER_SECOND)
			.noValue("no requests")
			.query(Query.instant(Rules.HTTP_REQUESTS + HERE, "Requests"));
	}

	private static Stat errorsNow() {
		return new Stat("Errors", "The share of requests of the last 5 minutes that ended in a 5xx.", Unit.SHARE)
			.decimals(2)
			.noValue("no requests")
			.query(Query.instant(Rules.HTTP_ERROR_RATIO + HERE, "Errors"));
	}

	private static Stat errorsOfLimit() {
		return new Stat("Of limit",
				"The share of failed requests divided by the limit that the service sets itself. From 100 % on, for"
						+ " 5 minutes, its owner is told.",
				Unit.SHARE)
			.thresholds(Thresholds.of(Colour.GOOD).from(0.5, Colour.WARNING).from(1, Colour.WRONG))
			.decimals(0)
			.noValue("no requests")
			.query(Query.instant("%s%s / on (cluster, environment, application) %s".formatted(Rules.HTTP_ERROR_RATIO,
					HERE, Limit.ERROR_RATIO.of(SERVICE)), "Of the limit"));
	}

	private static Stat p99Now() {
		return new Stat("p99", "The 99th percentile of the latency over 5 minutes.", Unit.SECONDS).decimals(2)
			.noValue("no requests")
			.query(Query.instant(Rules.HTTP_P99 + HERE, "p99"));
	}

	private static Stat slowNow() {
		return new Stat("Slow",
				"The share of requests of the last 5 minutes that took longer than the p99 limit. Above 1 %, for 5 minutes,"
						+ " its owner is told: the p99 is above the limit then.",
				Unit.SHARE)
			.thresholds(Thresholds.of(Colour.GOOD).from(0.005, Colour.WARNING).from(0.01, Colour.WRONG))
			.decimals(2)
			.noValue("no requests")
			.query(Query.instant(Rules.HTTP_SLOW_RATIO + HERE, "Slow"));
	}

	// --- Since when? -------------------------------------------------------------------

	private static TimeSeries requests() {
		return new TimeSeries("Requests",
				"Requests per second, and those of them that failed, over 5 minutes; and how many there were a week"
						+ " before.",
				Unit.REQUESTS_PER_SECOND)
			.noValue(NO_REQUESTS)
			.query(Query.range(Rules.HTTP_REQUESTS + HERE, "requests"))
			.query(Query.range(Rules.HTTP_ERRORS + HERE, "failed"))
			.query(Query.range(aWeekBefore(Rules.HTTP_REQUESTS), A_WEEK_BEFORE))
			.colour("requests", Colour.AMOUNT)
			.colour("failed", Colour.WRONG)
			.weekBefore(A_WEEK_BEFORE);
	}

	private static String aWeekBefore(String rule) {
		return "%s%s offset 1w".formatted(rule, HERE);
	}

	private static TimeSeries errors() {
		return new TimeSeries("Errors", "The share of requests that ended in a 5xx, over 5 minutes, and its limit.",
				Unit.SHARE)
			.noValue(NO_REQUESTS)
			.query(Query.range(Rules.HTTP_ERROR_RATIO + HERE, "errors"))
			.query(Query.range(Limit.ERROR_RATIO.of(SERVICE), "limit"))
			.query(Query.range(aWeekBefore(Rules.HTTP_ERROR_RATIO), A_WEEK_BEFORE))
			.colour("errors", Colour.WRONG)
			.limit("limit")
			.weekBefore(A_WEEK_BEFORE);
	}

	// The recorded quantile has no exemplars; where there is none, the raw one stands in,
	// and it is what exemplars are asked for.
	private static TimeSeries latency() {
		String quantile = """
				histogram_quantile(%%s,
				  sum by (cluster, environment, application, le) (rate(%s[$__rate_interval]))
				  or on (cluster, environment, application)
				  sum by (cluster, environment, application, le) (%s)
				)
				""".formatted(Metrics.HTTP_REQUEST_DURATION_BUCKET + HERE, Rules.HTTP_REQUESTS_BUCKET + HERE);
		return new TimeSeries("Latency",
				"The p99 over 5 minutes with its limit, and a week before; the others at the resolution of the graph. A dot is"
						+ " a single request: a click opens its trace.",
				Unit.SECONDS)
			.noValue(NO_REQUESTS)
			.query(Query.range("""
					max by (cluster, environment, application) (
					  %s
					  or on (cluster, environment, application)
					  %s
					)
					""".formatted(Rules.HTTP_P99 + HERE,
					"histogram_quantile(0.99, %s)".formatted(
							REQUESTS.buckets(ServerRequests.RATE, "cluster", "environment", "application", "le"))),
					"p99")
				.withExemplars())
			.query(Query.range(quantile.formatted("0.95"), "p95"))
			.query(Query.range(quantile.formatted("0.5"), "p50"))
			.query(Query.range(Limit.LATENCY_P99_SECONDS.of(SERVICE), "p99 limit"))
			.query(Query.range(aWeekBefore(Rules.HTTP_P99), P99_A_WEEK_BEFORE))
			.colour("p99", Colour.OTHER)
			.colour("p95", Colour.AMOUNT)
			.colour("p50", Colour.THIRD)
			.limit("p99 limit")
			.weekBefore(P99_A_WEEK_BEFORE);
	}

	// An alert that has fired in the time that is looked at is quiet before and after.
	private static StateTimeline alerts() {
		String firing = "%s{alertstate=\"firing\", %s}".formatted(Metrics.ALERTS, SERVICE);
		return new StateTimeline("Alerts",
				"Alerts of this service that fire, also those that are silenced or wait for working hours.")
			.noValue(UNKNOWN)
			.valueMapping(ValueMapping.of(1, "firing", Colour.WRONG).and(0, "quiet", Colour.GOOD))
			.query(Query.range("""
					label_replace(
					  max by (alertname) (%1$s)
					  or
					  0 * max by (alertname) (%2$s),
					  "alertname", "$1", "alertname", "FlowForge(.*)"
					)
					or
					label_replace(0 * max(%3$s), "alertname", "no alert", "", "") unless on () %2$s
					""".formatted(firing, "max_over_time(%s[$__range] @ end())".formatted(firing),
					Rules.SERVICE + HERE), "{{alertname}}"));
	}

	// The groups of the probes only repeat what their members say.
	private static StateTimeline health() {
		return new StateTimeline("Health", "Health components; down where any of the instances says so.")
			.noValue("No instance exports its health")
			.valueMapping(ValueMapping.UP_OR_DOWN)
			.query(Query.range("min by (component) (%s{%s, component!~\"liveness|readiness\"})"
				.formatted(Metrics.HEALTH_UP, INSTANCE), "{{component}}"));
	}

	// The limits are those of the alert, which also looks at a short window each.
	private static TimeSeries budget() {
		return new TimeSeries("Error budget",
				"How many times as fast as the objective allows requests fail, over 1 and 6 hours. At 1, the budget of 30 days"
						+ " lasts 30 days; its owner is told from 14.4 over an hour, or 6 over six hours, on.",
				Unit.COUNT)
			.noValue("No objective: alerts.slo-objective sets one")
			.query(Query.range(Rules.ERROR_BUDGET_BURN_1H + ERRORS_HERE, "1 h"))
			.query(Query.range(Rules.ERROR_BUDGET_BURN_6H + ERRORS_HERE, "6 h"))
			.colour("1 h", Colour.AMOUNT)
			.colour("6 h", Colour.OTHER);
	}

	private static Stat remainingBudget() {
		return new Stat("Budget left",
				"The share of each error budget that is left of the last 30 days, or of as many as Prometheus remembers. At 0,"
						+ " the objective is missed.",
				Unit.SHARE)
			.thresholds(Thresholds.of(Colour.WARNING).from(0.25, Colour.GOOD))
			.noValue("No objective")
			.query(Query.instant("clamp_min(%s, 0)".formatted(Rules.ERROR_BUDGET_REMAINING + HERE), "{{objective}}"));
	}

	// --- Which route? ------------------------------------------------------------------

	private static Table failingRoutes() {
		String all = REQUESTS.count(ServerRequests.INCREASE, "method", "uri");
		String failed = """
				%s
				or
				0 * %s""".formatted(REQUESTS.failed(ServerRequests.INCREASE, "method", "uri"), all);
		String share = """
				(
				%s
				)
				/ %s >= 0""".formatted(failed, all);
		return new Table("Failing routes",
				"How many requests failed in the time that is looked at, by route, and their share divided by the"
						+ " service's limit. A click on a route narrows the dashboard down to it.")
			.label("uri", "Route", "custom.minWidth", 120, "links", routeLink())
			.label("method", "Method", "custom.width", 75)
			.value("Requests", Unit.COUNT, Query.table(all), "decimals", 0)
			.value("Failed", Unit.COUNT, Query.table(failed), "decimals", 0)
			.value("Share", Unit.SHARE, Query.table(share), "decimals", 2)
			.value("Of limit", Unit.SHARE,
					Query.table("(%s)%n/ scalar(%s)".formatted(share, Limit.ERROR_RATIO.of(SERVICE))), Columns.gauge(1))
			.sortDescendingBy("Failed")
			.noValue("–");
	}

	private static Table slowRoutes() {
		String buckets = REQUESTS.buckets(ServerRequests.INCREASE, "method", "uri", "le");
		String quantile = "histogram_quantile(%s, " + buckets + ") >= 0";
		return new Table("Slow routes",
				"Quantiles of the latency in the time that is looked at, by route. A click on a route narrows the"
						+ " dashboard down to it.")
			.label("uri", "Route", "custom.minWidth", 120, "links", routeLink())
			.label("method", "Method", "custom.width", 75)
			.value("p50", Unit.SECONDS, Query.table(quantile.formatted("0.5")))
			.value("p95", Unit.SECONDS, Query.table(quantile.formatted("0.95")))
			.value("p99", Unit.SECONDS, Query.table(quantile.formatted("0.99")))
			.sortDescendingBy("p99")
			.noValue("–");
	}

	private static List<Map<String, Object>> routeLink() {
		return List.of(Json.object("title", "Only this route", "url",
				"/d/%s?${environment:queryparam}&${cluster:queryparam}&${application:queryparam}&${instance:queryparam}&${__url_time_range}&var-route=${__value.text:percentencode}"
					.formatted(UID)));
	}

	private static TimeSeries statuses() {
		return new TimeSeries("Requests by status",
				"Requests per second by the status they were answered with, of the chosen routes.",
				Unit.REQUESTS_PER_SECOND)
			.stacked()
			.noValue(NO_REQUESTS)
			.query(Query.range(REQUESTS.count(ServerRequests.RATE, ServerRequests.STATUS_CLASS),
					"{{%s}}xx".formatted(ServerRequests.STATUS_CLASS)))
			.colour("1xx", Colour.QUIET)
			.colour("2xx", Colour.GOOD)
			.colour("3xx", Colour.THIRD)
			.colour("4xx", Colour.WARNING)
			.colour("5xx", Colour.WRONG);
	}

	// Without a request, the scale of its colours would go from infinity to infinity.
	private static Heatmap durations() {
		String buckets = REQUESTS.buckets("increase(%s[$__rate_interval])", "le");
		return new Heatmap("Requests by duration", "How many requests took how long, of the chosen routes.",
				Unit.SECONDS, Unit.COUNT)
			.noValue(NO_REQUESTS)
			.query(Query.heatmap("(%1$s)%nand on ()%nmax(%1$s) > 0".formatted(buckets)));
	}

	// --- Which request? ----------------------------------------------------------------

	private static Logs errorLogs() {
		return new Logs("Warnings and errors in the log",
				"Log lines of the same time. The trace of a line is one click away, in its details.")
			.noValue("No warnings or errors in this time")
			.query(Query.logs(LOGS + " | severity_text=~\"WARN|ERROR\""));
	}

	private static Table errorTraces() {
		return new Table("Traces of failed requests",
				"The newest requests of the same time that failed. A click on one opens its trace, with its log lines.")
			.noValue("No failed request was traced in this time")
			.without("Service")
			.override("Start time", "custom.width", 190)
			.override("Name", "custom.minWidth", 100)
			.override("Duration", "custom.width", 90)
			.override("Trace ID", "custom.width", 100)
			.query(Query.traces("{%s && status=error} with (most_recent=true)".formatted(SPANS), 20));
	}

	// --- Which instance? ---------------------------------------------------------------

	private static Table instances() {
		String requests = REQUESTS.count(ServerRequests.RATE, "instance");
		return new Table("Instances", "Whether it is all of them, or one. \"Since\" is the start of the process.")
			.label("instance", "Instance")
			.value("State", Unit.NONE, Query.table("max by (instance) (%s)".formatted(Metrics.UP + ON_INSTANCE)),
					"mappings", List.of(ValueMapping.UP_OR_DOWN.json()), "custom.cellOptions",
					Json.object("type", "color-text"))
			.value("Since", Unit.TIME,
					Query.table("max by (instance) (1000 * %s)".formatted(Metrics.PROCESS_START_TIME + ON_INSTANCE)))
			.value("Requests", Unit.REQUESTS_PER_SECOND, Query.table(requests))
			.value("Failed", Unit.REQUESTS_PER_SECOND, Query.table("""
					%s
					or
					0 * %s
					""".formatted(REQUESTS.failed(ServerRequests.RATE, "instance"), requests)),
					Columns.wrongFrom(0.000001))
			.value("CPU", Unit.SHARE,
					Query.table("max by (instance) (%s)".formatted(Metrics.PROCESS_CPU_USAGE + ON_INSTANCE)))
			.value("Heap", Unit.BYTES,
					Query.table(
							"sum by (instance) (%s{%s, area=\"heap\"})".formatted(Metrics.JVM_MEMORY_USED, INSTANCE)))
			.value("Not up", Unit.COUNT,
					Query.table("sum by (instance) (1 - %s)".formatted(Metrics.HEALTH_UP + ON_INSTANCE)),
					Columns.wrongFrom(1))
			.sortDescendingBy("Failed")
			.noValue("–");
	}

	// --- Is it somebody else? ----------------------------------------------------------

	private static TimeSeries calls() {
		return new TimeSeries("Calls to others", "Requests that this service sends by HTTP, by whom it asks.",
				Unit.REQUESTS_PER_SECOND)
			.noValue("This service calls nobody by HTTP")
			.query(Query.range("sum by (client_name) (rate(%s[$__rate_interval]))"
				.formatted(Metrics.HTTP_CLIENT_COUNT + ON_INSTANCE), "{{client_name}}"));
	}

	private static TimeSeries callErrors() {
		String all = "sum by (client_name) (rate(%s%s[$__rate_interval]))".formatted(Metrics.HTTP_CLIENT_COUNT,
				ON_INSTANCE);
		String failed = "sum by (client_name) (rate(%s{%s, outcome!~\"SUCCESS|REDIRECTION|INFORMATIONAL\"}[$__rate_interval]))"
			.formatted(Metrics.HTTP_CLIENT_COUNT, INSTANCE);
		return new TimeSeries("Calls that failed", "The share of those that were refused, failed, or got no answer.",
				Unit.SHARE)
			.standard("color", Colour.WRONG.shades())
			.noValue("This service calls nobody by HTTP")
			.query(Query.range("(%s or 0 * %s) / %s >= 0".formatted(failed, all, all), "{{client_name}}"));
	}

	private static TimeSeries callDurations() {
		String durations = "sum by (client_name, le) (rate(%s[$__rate_interval]))"
			.formatted(Metrics.HTTP_CLIENT_BUCKET + ON_INSTANCE);
		return new TimeSeries("How long others take",
				"Time until the answer: the 99th percentile where the service counts it, as with"
						+ " management.metrics.distribution.percentiles-histogram.http.client.requests=true, and the mean,"
						+ " dashed.",
				Unit.SECONDS)
			.noValue("This service calls nobody by HTTP")
			.query(Query.range("histogram_quantile(0.99, %s) >= 0".formatted(durations), "{{client_name}} p99"))
			.query(Query.range("""
					sum by (client_name) (rate(%s[$__rate_interval]))
					/ sum by (client_name) (rate(%s[$__rate_interval])) >= 0
					""".formatted(Metrics.HTTP_CLIENT_SUM + ON_INSTANCE, Metrics.HTTP_CLIENT_COUNT + ON_INSTANCE),
					"{{client_name}} mean"))
			.dashed("/ mean$/");
	}

	private static TimeSeries graphIn() {
		return graph("Who calls it",
				"Requests per second to this service by who sends them, as traces tell."
						+ " \"user\" is whoever sends no traces. A click on a line opens that service.",
				"server", "client");
	}

	private static TimeSeries graphOut() {
		return graph("Whom it calls",
				"Requests per second of this service by who answers them, as traces tell."
						+ " Databases and queues are among them. A click on a line opens that service.",
				"client", "server");
	}

	private static TimeSeries graphErrors() {
		String all = ofCalls("server", Metrics.GRAPH_REQUESTS);
		return graph("Failed, by whom it calls",
				"The share of its calls that failed, as traces tell. A click on a line opens that service.", Unit.SHARE,
				"server")
			.standard("color", Colour.WRONG.shades())
			.query(Query.range("(%s or 0 * %s) / %s >= 0".formatted(ofCalls("server", Metrics.GRAPH_FAILED), all, all),
					"{{server}}"));
	}

	private static TimeSeries graphDurations() {
		return graph("p99, by whom it calls",
				"The 99th percentile of the time until they answer, as traces tell. A click on a line opens that service.",
				Unit.SECONDS, "server")
			.query(Query.range(
					"histogram_quantile(0.99, %s) >= 0".formatted(ofCalls("server, le", Metrics.GRAPH_CLIENT_BUCKET)),
					"{{server}}"));
	}

	private static String ofCalls(String by, String metric) {
		return "sum by (%s) (rate(%s{client=\"$application\"}[$__rate_interval]))".formatted(by, metric);
	}

	private static TimeSeries graph(String title, String description, String side, String other) {
		return graph(title, description, Unit.REQUESTS_PER_SECOND, other)
			.query(Query.range("sum by (%s) (rate(%s{%s=\"$application\"}[$__rate_interval]))".formatted(other,
					Metrics.GRAPH_REQUESTS, side), "{{" + other + "}}"));
	}

	// Of all environments: the graph does not tell them apart.
	private static TimeSeries graph(String title, String description, Unit unit, String other) {
		return new TimeSeries(title, description, unit).noValue("No trace from one service to another")
			.standard("links", List
				.of(link("Open ${__field.labels.%s}".formatted(other), "${__field.labels.%s}".formatted(other))));
	}

	// --- Is it the machine? ------------------------------------------------------------

	private static TimeSeries cpu() {
		return new TimeSeries("CPU", "The share of all cores that the process uses, and that everything uses.",
				Unit.SHARE)
			.max(1)
			.lineAt(0.9)
			.noValue(NO_INSTANCE)
			.query(Query.range("max(%s)".formatted(Metrics.PROCESS_CPU_USAGE + ON_INSTANCE), "busiest process"))
			.query(Query.range("max(%s)".formatted(Metrics.SYSTEM_CPU_USAGE + ON_INSTANCE), "busiest machine"))
			.colour("busiest process", Colour.AMOUNT)
			.colour("busiest machine", Colour.OTHER);
	}

	private static TimeSeries memory() {
		return new TimeSeries("Heap", "Heap in use by instance, and how much it may be.", Unit.BYTES)
			.noValue(NO_INSTANCE)
			.query(Query.range("sum by (instance) (%s{%s, area=\"heap\"})".formatted(Metrics.JVM_MEMORY_USED, INSTANCE),
					"{{instance}}"))
			.query(Query.range(
					"min(sum by (instance) (%s{%s, area=\"heap\"} > 0))".formatted(Metrics.JVM_MEMORY_MAX, INSTANCE),
					"at most"))
			.limit("at most");
	}

	private static TimeSeries gc() {
		return new TimeSeries("Garbage collection",
				"The share of time in which the JVM stands still for it. Above the line, the heap is too small.",
				Unit.SHARE)
			.lineAt(0.1)
			.noValue(NO_INSTANCE)
			.query(Query.range(
					"sum by (instance) (rate(%s[$__rate_interval]))".formatted(Metrics.JVM_GC_PAUSE_SUM + ON_INSTANCE),
					"{{instance}}"));
	}

	private static TimeSeries requestThreads() {
		return new TimeSeries("Request threads",
				"Threads of Tomcat or Jetty at work, of all instances, and how many there may be. Tomcat's need"
						+ " server.tomcat.mbeanregistry.enabled=true.",
				Unit.COUNT)
			.noValue("Needs server.tomcat.mbeanregistry.enabled=true")
			.query(Query.range(
					"sum(%s) or sum(%s)".formatted(Metrics.TOMCAT_BUSY + ON_INSTANCE, Metrics.JETTY_BUSY + ON_INSTANCE),
					"at work"))
			.query(Query.range(
					"sum(%s) or sum(%s)".formatted(Metrics.TOMCAT_MAX + ON_INSTANCE, Metrics.JETTY_MAX + ON_INSTANCE),
					"at most"))
			.colour("at work", Colour.AMOUNT)
			.limit("at most");
	}

	private static TimeSeries threads() {
		return new TimeSeries("Threads", "Platform threads by state, of all instances.", Unit.COUNT).stacked()
			.noValue(NO_INSTANCE)
			.query(Query.range("sum by (state) (%s) > 0".formatted(Metrics.JVM_THREADS_STATES + ON_INSTANCE),
					"{{state}}"))
			.colour("runnable", Colour.AMOUNT)
			.colour("timed-waiting", Colour.THIRD)
			.colour("waiting", Colour.QUIET)
			.colour("blocked", Colour.WARNING);
	}

	private static TimeSeries connections() {
		return new TimeSeries("Connections",
				"Those of the pools of databases: in use, waited for, and how many there may be.", Unit.COUNT)
			.noValue("No connection pool")
			.query(Query.range("sum by (pool) (%s)".formatted(Metrics.HIKARI_ACTIVE + ON_INSTANCE), "{{pool}} in use"))
			.query(Query.range("sum by (pool) (%s)".formatted(Metrics.HIKARI_PENDING + ON_INSTANCE),
					"{{pool}} waiting"))
			.query(Query.range("sum by (pool) (%s)".formatted(Metrics.HIKARI_MAX + ON_INSTANCE), "{{pool}} at most"))
			.limits("/ at most$/");
	}

	private static TimeSeries executors() {
		return new TimeSeries("Executors", "Threads at work, and tasks that wait for one.", Unit.COUNT)
			.noValue("No executor")
			.query(Query.range("sum by (name) (%s)".formatted(Metrics.EXECUTOR_ACTIVE + ON_INSTANCE),
					"{{name}} at work"))
			.query(Query.range("sum by (name) (%s)".formatted(Metrics.EXECUTOR_QUEUED + ON_INSTANCE),
					"{{name}} waiting"));
	}

	private static TimeSeries telemetryQueue() {
		return new TimeSeries("Telemetry queue",
				"Spans and log records that wait to be exported, on the fullest instance, and how many can. What does not fit"
						+ " is dropped.",
				Unit.COUNT)
			.noValue("This service exports nothing")
			.query(Query.range("max by (signal) (%s)".formatted(Metrics.TELEMETRY_QUEUE_SIZE + ON_INSTANCE),
					"{{signal}}"))
			.query(Query.range("min(%s)".formatted(Metrics.TELEMETRY_QUEUE_CAPACITY + ON_INSTANCE), "at most"))
			.colour("traces", Colour.AMOUNT)
			.colour("logs", Colour.OTHER)
			.limit("at most");
	}

}
