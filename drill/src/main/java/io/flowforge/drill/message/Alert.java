package io.flowforge.drill.message;

/**
 * The alerts about services and about the stack itself, as people see them.
 */
public enum Alert {

	/** More requests of a service fail than its limit allows. */
	HIGH_ERROR_RATIO("FlowForgeHighErrorRatio", "critical", "Too many requests fail."),

	/** More requests of a service are slow than its limit allows. */
	HIGH_LATENCY("FlowForgeHighLatencyP99", "warning", "Too many requests are slow."),

	/** A health component of a service is not up. */
	HEALTH_CHECK_FAILING("FlowForgeHealthCheckFailing", "critical", "A health check fails."),

	/** A health component of a service is down for a short time, again and again. */
	HEALTH_CHECK_FLAPPING("FlowForgeHealthCheckFlapping", "warning", "A health check fails again and again."),

	/** No instance of a service can be scraped. */
	SERVICE_DOWN("FlowForgeServiceDown", "critical", "The service is down."),

	/** Several services of a channel are down. */
	SERVICE_DOWN_AMONG_MANY("FlowForgeServiceDownAmongMany", "critical", "Several services are down."),

	/** A large share of an environment's services is down. */
	MANY_SERVICES_DOWN("FlowForgeManyServicesDown", "critical", "Many services are down."),

	/** One instance of a service cannot be scraped. */
	INSTANCE_DOWN("FlowForgeInstanceDown", "warning", "An instance is down."),

	/** One instance of a service restarts again and again. */
	RESTART_LOOP("FlowForgeRestartLoop", "warning", "An instance keeps restarting."),

	/** A service has neither targets nor metrics any more. */
	SERVICE_VANISHED("FlowForgeServiceVanished", "critical", "The service has vanished."),

	/** A service uses up its error budget too fast. */
	ERROR_BUDGET_BURN("FlowForgeErrorBudgetBurn", "critical", "The error budget burns too fast."),

	/** A service loses spans or log records. */
	TELEMETRY_LOST("FlowForgeTelemetryLost", "warning", "Telemetry is lost."),

	/** The Collector cannot be scraped. */
	COLLECTOR_DOWN("FlowForgeCollectorDown", "critical", "The Collector is down."),

	/** An Alertmanager cannot be scraped. */
	ALERTMANAGER_DOWN("FlowForgeAlertmanagerDown", "critical", "An Alertmanager is down."),

	/** Prometheus cannot evaluate a rule. */
	RULE_EVALUATION_FAILING("FlowForgeRuleEvaluationFailing", "critical", "Prometheus cannot evaluate a rule."),

	/** Alertmanager cannot deliver messages. */
	NOTIFICATIONS_FAILING("FlowForgeNotificationsFailing", "critical", "Notifications are not delivered."),

	/** The alert that always fires. */
	WATCHDOG("Watchdog", "none", "The alerting chain works.");

	private final String label;

	private final String severity;

	private final String summary;

	Alert(String label, String severity, String summary) {
		this.label = label;
		this.severity = severity;
		this.summary = summary;
	}

	/**
	 * The alert's name in Prometheus and Alertmanager.
	 * @return the label {@code alertname}
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Whether one message tells a channel of this alert for several services.
	 * @return whether it does
	 */
	public boolean isDigest() {
		return this == SERVICE_DOWN_AMONG_MANY;
	}

	public String severity() {
		return this.severity;
	}

	/**
	 * The first sentence in Slack and in the mail.
	 * @return the annotation {@code summary}
	 */
	public String summary() {
		return this.summary;
	}

}
