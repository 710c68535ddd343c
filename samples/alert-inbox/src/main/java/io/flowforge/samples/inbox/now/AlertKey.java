package io.flowforge.samples.inbox.now;

import java.util.Map;

/**
 * The alerts of one name about one service in one cluster: what is shown as one, and what
 * a silence is for.
 *
 * @param alertname name of the rule
 * @param environment environment of the service; empty for alerts about the monitoring
 * @param application name of the service; empty for alerts about the monitoring
 * @param cluster cluster of the service; empty where there is only one
 */
public record AlertKey(String alertname, String environment, String application, String cluster) {

	static AlertKey of(Map<String, String> labels) {
		return new AlertKey(labels.getOrDefault("alertname", ""), labels.getOrDefault("environment", ""),
				labels.getOrDefault("application", ""), labels.getOrDefault("cluster", ""));
	}

	/**
	 * Return the key in words.
	 * @return name of the alert, of its service and of its cluster
	 */
	public String inWords() {
		return this.alertname + (this.application.isEmpty() ? "" : " of " + this.application)
				+ (this.cluster.isEmpty() ? "" : " in " + this.cluster);
	}

}
