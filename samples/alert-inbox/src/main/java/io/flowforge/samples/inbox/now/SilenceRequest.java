package io.flowforge.samples.inbox.now;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A silence that somebody wants.
 *
 * @param alertname name of the alert
 * @param environment environment of the service; empty for alerts about the monitoring
 * @param application name of the service; empty for alerts about the monitoring
 * @param cluster cluster of the service; empty where there is only one
 * @param minutes for how long
 * @param comment why
 */
record SilenceRequest(String alertname, String environment, String application, String cluster, int minutes,
		String comment) {

	private static final Set<Integer> MINUTES = Set.of(30, 120, 1440);

	private static final int MAX_LENGTH = 500;

	SilenceRequest(@Nullable String alertname, @Nullable String environment, @Nullable String application,
			@Nullable String cluster, int minutes, @Nullable String comment) {
		this.alertname = text(alertname);
		this.environment = text(environment);
		this.application = text(application);
		this.cluster = text(cluster);
		this.minutes = minutes;
		// Alertmanager wants one.
		this.comment = text(comment).isBlank() ? "Silenced from the inbox" : text(comment).strip();
	}

	/**
	 * Whether the silence may be made: not for ever, and not for every alert.
	 * @return whether it may
	 */
	boolean isValid() {
		return MINUTES.contains(this.minutes) && !this.alertname.isEmpty() && this.alertname.length() <= MAX_LENGTH
				&& this.environment.length() <= MAX_LENGTH && this.application.length() <= MAX_LENGTH
				&& this.cluster.length() <= MAX_LENGTH && this.comment.length() <= MAX_LENGTH;
	}

	Duration duration() {
		return Duration.ofMinutes(this.minutes);
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

}
