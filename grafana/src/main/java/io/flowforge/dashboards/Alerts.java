package io.flowforge.dashboards;

/**
 * Alerts of {@code prometheus-rules} that dashboards name.
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
