package io.flowforge.dashboards;

/**
 * Names of the alerts in {@code prometheus-rules} that dashboards refer to.
 */
final class Alerts {

	static final String HIGH_ERROR_RATIO = "FlowForgeHighErrorRatio";

	static final String HIGH_LATENCY = "FlowForgeHighLatencyP99";

	static final String ERROR_BUDGET_BURN = "FlowForgeErrorBudgetBurn";

	static final String HEALTH_CHECK_FAILING = "FlowForgeHealthCheckFailing";

	static final String SERVICE_DOWN = "FlowForgeServiceDown";

	static final String INSTANCE_DOWN = "FlowForgeInstanceDown";

	static final String SERVICE_VANISHED = "FlowForgeServiceVanished";

	static final String TELEMETRY_LOST = "FlowForgeTelemetryLost";

	static final String WATCHDOG = "Watchdog";

	private Alerts() {
	}

}
