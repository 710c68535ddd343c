package io.flowforge.dashboards;

/**
 * Names of the alerts in {@code prometheus-rules} that dashboards refer to.
 */
final class Alerts {

	static final String HEALTH_CHECK_FAILING = "FlowForgeHealthCheckFailing";

	static final String SERVICE_DOWN = "FlowForgeServiceDown";

	static final String INSTANCE_DOWN = "FlowForgeInstanceDown";

	static final String SERVICE_VANISHED = "FlowForgeServiceVanished";

	static final String TELEMETRY_LOST = "FlowForgeTelemetryLost";

	static final String WATCHDOG = "Watchdog";

	private Alerts() {
	}

}
