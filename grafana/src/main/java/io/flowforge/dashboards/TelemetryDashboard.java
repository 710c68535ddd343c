package io.flowforge.dashboards;

import java.util.List;

/**
 * What all else rests on: does what services tell arrive, and is somebody told of it?
 */
final class TelemetryDashboard {

	static final String UID = "flowforge-telemetry";

	private static final String SERVICES = "environment=~\"$environment\", application=~\"$application\"";

	private static final String PART = "job=~\"$job\", instance=~\"$instance\"";

	private TelemetryDashboard() {
	}

	static Dashboard create() {
		String stack = Metrics.UP + "{application=\"\"}";
		return new Dashboard(UID, "Telemetry", "Whether what services tell arrives, and whether somebody is told.",
				"1h")
			.variable(Variable.labelValues("environment", "Environment", Rules.SERVICE_OWNER, "environment").multi())
			.variable(Variable
				.labelValues("application", "Service", Rules.SERVICE_OWNER + "{environment=~\"$environment\"}",
						"application")
				.multi())
			.variable(Variable.labelValues("job", "Job", stack, "job").multi())
			.variable(Variable
				.labelValues("instance", "Instance", Metrics.UP + "{application=\"\", job=~\"$job\"}", "instance")
				.multi())
			.annotationAtTimes("Alerts", Colour.WRONG, """
					1000 * min by (alertname) (
					  %s{category=~"telemetry|meta", severity!="none"}
					  and ignoring (alertstate)
					  %s{alertstate="firing"}
					)""".formatted(Metrics.ALERTS_FOR_STATE, Metrics.ALERTS), "{{alertname}} began")
			.link("All services", ServicesDashboard.UID)
			.row("Is anything lost?")
			.panels(4, lost(), waiting(), partsDown(), rulesFailing(), messagesFailing(), watchdog())
			.row("From the services")
			.panels(8, items(), lostItems(), queues())
			.panels(8, keptTraces(), logEvents())
			.row("Through the Collector")
			.panels(8, accepted(), delivered(), notDelivered())
			.panels(8, collectorQueues(), refused(), memory())
			.row("To Loki and Tempo")
			.panels(8, lokiLines(), tempoSpans(), discarded())
			.panels(8, lokiRequests(), tempoRequests(), graph())
			.row("By Prometheus's rules")
			.panels(8, ruleTimes(), ruleFailures(), scrapes())
			.panels(8, targets(), series(), appended())
			.row("By Alertmanager, to people")
			.panels(8, notifications(), failedNotifications(), notificationTimes())
			.panels(8, alerts(), notificationErrors());
	}

	private static String rate(String metric, String matchers) {
		return "rate(%s{%s}[$__rate_interval])".formatted(metric, matchers);
	}

	private static String rate(String metric) {
		return rate(metric, PART);
	}

	// Metrics that only exist once something has failed: zero before.
	private static String orZero(String expression, String by, String known) {
		return "sum by (%s) (%s)%nor%nsum by (%s) (0 * %s)".formatted(by, expression, by, known);
	}

	// --- Is anything lost? -------------------------------------------------------------

	private static Stat lost() {
		return new Stat("Losing data", "How many services drop spans or log records, or cannot deliver them.",
				Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant("count(sum by (environment, application) (%s) > 0) or vector(0)"
				.formatted(rate(Metrics.TELEMETRY_ITEMS, SERVICES + ", result=~\"failed|dropped\"")), "Services"));
	}

	private static Stat waiting() {
		return new Stat("Queue", "The fullest queue of the Collector. From 80 % on, its keepers are told.", Unit.SHARE)
			.thresholds(Thresholds.of(Colour.GOOD).from(0.5, Colour.WARNING).from(0.8, Colour.WRONG))
			.decimals(1)
			.noValue("no Collector")
			.query(Query.instant("max(%s{%s} / %s{%s})".formatted(Metrics.COLLECTOR_QUEUE_SIZE, PART,
					Metrics.COLLECTOR_QUEUE_CAPACITY, PART), "Fullest queue"));
	}

	private static Stat partsDown() {
		return new Stat("Parts down", "Parts of the stack that do not answer Prometheus.", Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant("count(%s{application=\"\", %s} == 0) or vector(0)".formatted(Metrics.UP, PART),
					"Down"));
	}

	private static Stat rulesFailing() {
		return new Stat("Rule errors", "Groups with a rule that cannot be evaluated: alerts may be missing.",
				Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant(
					"count(sum by (rule_group) (%s) > 0) or vector(0)".formatted(rate(Metrics.RULE_FAILURES)),
					"Groups"));
	}

	private static Stat messagesFailing() {
		return new Stat("Not sent", "Slack, mail or the switch: where messages cannot be delivered.", Unit.COUNT)
			.thresholds(Thresholds.wrongFrom(1))
			.query(Query.instant(
					"count(sum by (integration) (%s) > 0) or vector(0)".formatted(rate(Metrics.NOTIFICATIONS_FAILED)),
					"Channels"));
	}

	private static Stat watchdog() {
		return new Stat("Watchdog", "It always fires. Where it is silent, no other alert would be told either.",
				Unit.NONE)
			.valueMapping(ValueMapping.of(0, "silent", Colour.WRONG).and(1, "fires", Colour.GOOD))
			.query(Query.instant("max(%s{alertname=\"%s\", alertstate=\"firing\"}) or vector(0)"
				.formatted(Metrics.ALERTS, Alerts.WATCHDOG), "Watchdog"));
	}

	// --- From the services -------------------------------------------------------------

	private static TimeSeries items() {
		return new TimeSeries("Items by result",
				"Spans and log records that leave the services, by what became of them.", Unit.PER_SECOND)
			.query(Query.range("sum by (signal, result) (%s)".formatted(rate(Metrics.TELEMETRY_ITEMS, SERVICES)),
					"{{signal}} {{result}}"))
			.noValue("The services export nothing")
			.dashed("/^logs/")
			.colour("traces exported", Colour.AMOUNT)
			.colour("logs exported", Colour.OTHER)
			.colour("traces failed", Colour.WRONG)
			.colour("logs failed", Colour.WRONG)
			.colour("traces dropped", Colour.WRONG)
			.colour("logs dropped", Colour.WRONG);
	}

	private static TimeSeries lostItems() {
		return new TimeSeries("Lost, by service",
				"Spans and log records that a service drops, or cannot deliver. Its owner is told after 5 minutes.",
				Unit.PER_SECOND)
			.standard("color", Colour.WRONG.shades())
			.dashed("/ logs$/")
			.noValue("Nothing is exported, so nothing is lost")
			.query(Query.range(
					"sum by (application, signal) (%s)"
						.formatted(rate(Metrics.TELEMETRY_ITEMS, SERVICES + ", result=~\"failed|dropped\"")),
					"{{application}} {{signal}}"));
	}

	private static TimeSeries queues() {
		return new TimeSeries("Queues of the services", "How full they are. What does not fit is dropped.", Unit.SHARE)
			.max(1)
			.colouredBySignal()
			.noValue("The services export nothing")
			.query(Query.range("max by (application, signal) (%s{%s} / %s{%s})".formatted(Metrics.TELEMETRY_QUEUE_SIZE,
					SERVICES, Metrics.TELEMETRY_QUEUE_CAPACITY, SERVICES), "{{application}} {{signal}}"));
	}

	private static TimeSeries keptTraces() {
		return new TimeSeries("Traces kept though not sampled",
				"Failed or slow requests whose traces were kept; and traces given up before it was known how they end.",
				Unit.PER_SECOND)
			.noValue("No service uses tail sampling")
			.query(Query.range("sum(%s)".formatted(rate(Metrics.TRACES_KEPT, SERVICES)), "kept"))
			.query(Query.range("sum by (reason) (%s)".formatted(rate(Metrics.TRACES_EVICTED, SERVICES)),
					"given up: {{reason}}"))
			.colour("kept", Colour.AMOUNT)
			.colour("given up: space", Colour.WRONG)
			.colour("given up: age", Colour.WARNING);
	}

	private static TimeSeries logEvents() {
		return new TimeSeries("Log lines by level", "Lines that services write, whether they are exported or not.",
				Unit.PER_SECOND)
			.noValue("No service is scraped")
			.query(Query.range("sum by (level) (%s)".formatted(rate(Metrics.LOGBACK_EVENTS, SERVICES)), "{{level}}"))
			.colour("error", Colour.WRONG)
			.colour("warn", Colour.WARNING)
			.colour("info", Colour.AMOUNT)
			.colour("debug", Colour.THIRD)
			.colour("trace", Colour.QUIET);
	}

	// --- Through the Collector ---------------------------------------------------------

	private static TimeSeries accepted() {
		return spansAndRecords(
				new TimeSeries("Accepted", "Spans and log records that the Collector takes.", Unit.PER_SECOND),
				Metrics.COLLECTOR_ACCEPTED_SPANS, Metrics.COLLECTOR_ACCEPTED_LOGS)
			.colour("spans", Colour.AMOUNT)
			.colour("log records", Colour.OTHER);
	}

	private static TimeSeries delivered() {
		return spansAndRecords(new TimeSeries("Delivered", "Spans and log records that it passes on.", Unit.PER_SECOND),
				Metrics.COLLECTOR_SENT_SPANS, Metrics.COLLECTOR_SENT_LOGS)
			.colour("spans", Colour.AMOUNT)
			.colour("log records", Colour.OTHER);
	}

	private static TimeSeries refused() {
		return spansAndRecords(
				new TimeSeries("Refused", "Spans and log records that it does not take: services try again.",
						Unit.PER_SECOND)
					.standard("color", Colour.WRONG.shades())
					.dashed("/^log records/"),
				Metrics.COLLECTOR_REFUSED_SPANS, Metrics.COLLECTOR_REFUSED_LOGS);
	}

	private static TimeSeries notDelivered() {
		return new TimeSeries("Not delivered",
				"Spans and log records that were refused for good, or found no room in the queue.", Unit.PER_SECOND)
			.standard("color", Colour.WRONG.shades())
			.dashed("/^log records/")
			.noValue("No Collector")
			.query(Query.range(
					orZero(rate(Metrics.COLLECTOR_FAILED_SPANS), "job", rate(Metrics.COLLECTOR_ACCEPTED_SPANS)),
					"spans refused"))
			.query(Query.range(
					orZero(rate(Metrics.COLLECTOR_FAILED_LOGS), "job", rate(Metrics.COLLECTOR_ACCEPTED_LOGS)),
					"log records refused"))
			.query(Query.range(
					orZero(rate(Metrics.COLLECTOR_NOT_QUEUED_SPANS), "job", rate(Metrics.COLLECTOR_ACCEPTED_SPANS)),
					"spans without room"))
			.query(Query.range(
					orZero(rate(Metrics.COLLECTOR_NOT_QUEUED_LOGS), "job", rate(Metrics.COLLECTOR_ACCEPTED_LOGS)),
					"log records without room"));
	}

	private static TimeSeries spansAndRecords(TimeSeries panel, String spans, String records) {
		return panel.noValue("No Collector")
			.query(Query.range("sum(%s)".formatted(rate(spans)), "spans"))
			.query(Query.range("sum(%s)".formatted(rate(records)), "log records"));
	}

	private static TimeSeries collectorQueues() {
		return new TimeSeries("Queues of the Collector", "How full they are. They are on disk and outlast a restart.",
				Unit.SHARE)
			.max(1)
			.noValue("No Collector")
			.limitAt(0.8)
			.query(Query.range("max by (exporter) (%s{%s} / %s{%s})".formatted(Metrics.COLLECTOR_QUEUE_SIZE, PART,
					Metrics.COLLECTOR_QUEUE_CAPACITY, PART), "{{exporter}}"));
	}

	private static TimeSeries memory() {
		return new TimeSeries("Memory", "What the parts of the stack hold in memory.", Unit.BYTES)
			.noValue("No part of the stack is scraped")
			.query(Query.range("max by (job) (%s{%s})".formatted(Metrics.COLLECTOR_MEMORY, PART), "{{job}}"))
			.query(Query.range("max by (job) (%s{application=\"\", %s})".formatted(Metrics.PROCESS_MEMORY, PART),
					"{{job}}"));
	}

	// --- To Loki and Tempo -------------------------------------------------------------

	private static TimeSeries lokiLines() {
		return new TimeSeries("Log lines that reach Loki", "Lines per second.", Unit.PER_SECOND).noValue("No Loki")
			.query(Query.range("sum by (job) (%s)".formatted(rate(Metrics.LOKI_LINES)), "lines"));
	}

	private static TimeSeries tempoSpans() {
		return new TimeSeries("Spans that reach Tempo", "Spans per second.", Unit.PER_SECOND).noValue("No Tempo")
			.query(Query.range("sum by (job) (%s)".formatted(rate(Metrics.TEMPO_SPANS)), "spans"));
	}

	private static TimeSeries discarded() {
		return new TimeSeries("Discarded there", "Lines and spans that were beyond a limit, by which one.",
				Unit.PER_SECOND)
			.standard("color", Colour.WRONG.shades())
			.noValue("No Loki, no Tempo")
			.query(Query.range(orZero(rate(Metrics.LOKI_DISCARDED), "job, reason", rate(Metrics.LOKI_LINES)),
					"{{job}} {{reason}}"))
			.query(Query.range(orZero(rate(Metrics.TEMPO_DISCARDED), "job, reason", rate(Metrics.TEMPO_SPANS)),
					"{{job}} {{reason}}"));
	}

	private static TimeSeries lokiRequests() {
		return requests("Loki's requests, p99", Metrics.LOKI_REQUEST_BUCKET).noValue("No request");
	}

	private static TimeSeries tempoRequests() {
		return requests("Tempo's requests, p99", Metrics.TEMPO_REQUEST_BUCKET).noValue("Nobody asked");
	}

	private static TimeSeries requests(String title, String metric) {
		return new TimeSeries(title, "How long writing and reading take, by route: the five slowest.", Unit.SECONDS)
			.query(Query.range("topk(5, histogram_quantile(0.99, sum by (route, le) (%s)) >= 0)"
				.formatted(rate(metric, PART + ", route!~\"/.*|metrics|ready\"")), "{{route}}"));
	}

	private static TimeSeries graph() {
		return new TimeSeries("Who calls whom", "Requests per second between services, as traces tell.",
				Unit.REQUESTS_PER_SECOND)
			.noValue("No trace from one service to another")
			.standard("links",
					List.of(ServiceDashboard.link("Open ${__field.labels.client}", "${__field.labels.client}"),
							ServiceDashboard.link("Open ${__field.labels.server}", "${__field.labels.server}")))
			.query(Query.range("sum by (client, server) (rate(%s[$__rate_interval]))".formatted(Metrics.GRAPH_REQUESTS),
					"{{client}} → {{server}}"));
	}

	// --- By Prometheus's rules ---------------------------------------------------------

	private static TimeSeries ruleTimes() {
		return new TimeSeries("Rule groups against their interval",
				"How long the evaluation of a group takes, of the time until the next one is due.", Unit.SHARE)
			.limitAt(1)
			.noValue("Prometheus does not scrape itself")
			.query(Query.range("""
					label_replace(
					  max by (rule_group) (%s{%s} / %s{%s}),
					  "group", "$1", "rule_group", ".*;(.*)"
					)
					""".formatted(Metrics.RULE_GROUP_DURATION, PART, Metrics.RULE_GROUP_INTERVAL, PART), "{{group}}"));
	}

	private static TimeSeries ruleFailures() {
		return new TimeSeries("Rules that fail or are late", "Failed evaluations, and those that were left out.",
				Unit.PER_SECOND)
			.noValue("Prometheus does not scrape itself")
			.query(Query.range("sum(%s)".formatted(rate(Metrics.RULE_FAILURES)), "failed"))
			.query(Query.range("sum(%s)".formatted(rate(Metrics.RULE_GROUP_MISSED)), "left out"))
			.query(Query.range("sum(%s)".formatted(rate(Metrics.LOKI_RULE_FAILURES)), "failed in Loki"))
			.colour("failed", Colour.WRONG)
			.colour("failed in Loki", Colour.WRONG)
			.colour("left out", Colour.WARNING);
	}

	private static TimeSeries scrapes() {
		return new TimeSeries("Slowest scrapes", "How long Prometheus waits for metrics: the five slowest.",
				Unit.SECONDS)
			.noValue("Prometheus scrapes nothing")
			.query(Query.range("topk(5, %s{job!=\"\"})".formatted(Metrics.SCRAPE_DURATION), "{{job}} {{instance}}"));
	}

	private static StateTimeline targets() {
		return new StateTimeline("Parts of the stack",
				"Whether they answer Prometheus; down where any instance does not.")
			.noValue("No part of the stack is scraped")
			.valueMapping(ValueMapping.UP_OR_DOWN)
			.query(Query.range("min by (job) (%s{application=\"\", %s})".formatted(Metrics.UP, PART), "{{job}}"));
	}

	private static TimeSeries series() {
		return new TimeSeries("Series in Prometheus", "How many it keeps in memory.", Unit.COUNT)
			.noValue("Prometheus does not scrape itself")
			.query(Query.range("sum by (instance) (%s{%s})".formatted(Metrics.PROMETHEUS_SERIES, PART),
					"{{instance}}"));
	}

	private static TimeSeries appended() {
		return new TimeSeries("Samples per second", "What Prometheus scrapes and records.", Unit.PER_SECOND)
			.noValue("Prometheus does not scrape itself")
			.query(Query.range("sum by (instance) (%s)".formatted(rate(Metrics.PROMETHEUS_SAMPLES)), "{{instance}}"));
	}

	// --- By Alertmanager ---------------------------------------------------------------

	private static TimeSeries notifications() {
		return new TimeSeries("Messages",
				"Messages per second, by where they go: the webhook is the dead man's switch.", Unit.PER_SECOND)
			.noValue("No message for a day")
			.query(Query.range(inUse(rate(Metrics.NOTIFICATIONS)), "{{integration}}"))
			.colour("slack", Colour.OTHER)
			.colour("email", Colour.AMOUNT)
			.colour("webhook", Colour.QUIET);
	}

	private static TimeSeries failedNotifications() {
		return new TimeSeries("Messages that failed", "Messages per second that could not be delivered.",
				Unit.PER_SECOND)
			.noValue("No message for a day")
			.standard("color", Colour.WRONG.shades())
			.query(Query.range(inUse(rate(Metrics.NOTIFICATIONS_FAILED)), "{{integration}}"));
	}

	private static TimeSeries notificationTimes() {
		return new TimeSeries("Time to deliver, p99", "How long Slack, the mail server and the switch take.",
				Unit.SECONDS)
			.noValue("No message in this time")
			.query(Query.range("histogram_quantile(0.99, sum by (integration, le) (%s)) >= 0"
				.formatted(rate(Metrics.NOTIFICATION_LATENCY_BUCKET)), "{{integration}}"));
	}

	// Alertmanager counts zero messages for all that it knows how to reach.
	private static String inUse(String rate) {
		return "sum by (integration) (%s)%nand%nsum by (integration) (increase(%s{%s}[1d])) > 0".formatted(rate,
				Metrics.NOTIFICATIONS, PART);
	}

	private static TimeSeries alerts() {
		return new TimeSeries("Alerts in Alertmanager",
				"Those that are told, and those that are silenced or inhibited.", Unit.COUNT)
			.noValue("No Alertmanager")
			.query(Query.range("max by (state) (%s{%s})".formatted(Metrics.ALERTMANAGER_ALERTS, PART), "{{state}}"))
			.colour("active", Colour.WARNING)
			.colour("suppressed", Colour.QUIET)
			.colour("unprocessed", Colour.THIRD);
	}

	private static TimeSeries notificationErrors() {
		return new TimeSeries("Prometheus to Alertmanager", "Attempts per second to tell it of alerts that failed.",
				Unit.PER_SECOND)
			.noValue("Prometheus does not scrape itself")
			.standard("color", Colour.WRONG.shades())
			.query(Query.range("sum by (instance) (%s)".formatted(rate(Metrics.PROMETHEUS_NOTIFICATION_ERRORS)),
					"{{instance}}"));
	}

}
