package io.flowforge.observability.systemtests;

/**
 * The alerts that services and the stack itself raise, as the people who get them know
 * them.
 */
enum Alert {

	HIGH_ERROR_RATIO("FlowForgeHighErrorRatio", "critical", "Too many requests fail."),

	HIGH_LATENCY("FlowForgeHighLatencyP99", "warning", "Too many requests are slow."),

	HEALTH_CHECK_FAILING("FlowForgeHealthCheckFailing", "critical", "A health check fails."),

	SERVICE_DOWN("FlowForgeServiceDown", "critical", "The service is down."),

	INSTANCE_DOWN("FlowForgeInstanceDown", "warning", "An instance is down."),

	SERVICE_VANISHED("FlowForgeServiceVanished", "critical", "The service has vanished."),

	ERROR_BUDGET_BURN("FlowForgeErrorBudgetBurn", "critical", "The error budget burns too fast."),

	TELEMETRY_LOST("FlowForgeTelemetryLost", "warning", "Telemetry is lost."),

	RULE_EVALUATION_FAILING("FlowForgeRuleEvaluationFailing", "critical", "Prometheus cannot evaluate a rule."),

	NOTIFICATIONS_FAILING("FlowForgeNotificationsFailing", "critical", "Notifications are not delivered."),

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
	 * The name that Prometheus and Alertmanager have for it.
	 * @return the label {@code alertname}
	 */
	String label() {
		return this.label;
	}

	String severity() {
		return this.severity;
	}

	/**
	 * What it says first, in Slack and in the mail.
	 * @return the annotation {@code summary}
	 */
	String summary() {
		return this.summary;
	}

}
