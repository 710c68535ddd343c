package io.flowforge.dashboards;

/**
 * A panel with log lines, the newest first.
 */
final class Logs extends Panel<Logs> {

	Logs(String title, String description) {
		super("logs", title, description, Unit.NONE);
		option("dedupStrategy", "none");
		option("enableLogDetails", true);
		option("prettifyLogMessage", false);
		option("showCommonLabels", false);
		option("showLabels", false);
		option("showLogContextToggle", true);
		option("showTime", true);
		option("sortOrder", "Descending");
		option("wrapLogMessage", true);
	}

}
