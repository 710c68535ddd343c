package io.flowforge.observability.dashboards;

/**
 * Alerts of {@code prometheus-rules} that dashboards name.
 */
final class Alerts {

	static final String HEALTH_CHECK_FAILING = "FlowForgeHealthCheckFailing";

	static final String SERVICE_DOWN = "FlowForgeServiceDown";

	static final String WATCHDOG = "Watchdog";

	private Alerts() {
	}

}
