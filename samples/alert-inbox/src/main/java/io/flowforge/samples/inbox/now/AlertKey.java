package io.flowforge.samples.inbox.now;

import java.util.Map;

/**
 * The alerts of one name about one service: what is shown as one, and what a silence is
 * for.
 *
 * @param alertname name of the rule
 * @param environment environment of the service; empty for alerts about the monitoring
 * @param application name of the service; empty for alerts about the monitoring
 */
public record AlertKey(String alertname, String environment, String application) {

	static AlertKey of(Map<String, String> labels) {
		return new AlertKey(labels.getOrDefault("alertname", ""), labels.getOrDefault("environment", ""),
				labels.getOrDefault("application", ""));
	}

	/**
	 * Return the key in words.
	 * @return name of the alert and of its service
	 */
	public String inWords() {
		return this.application.isEmpty() ? this.alertname : this.alertname + " of " + this.application;
	}

}
