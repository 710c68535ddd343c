package io.flowforge.samples.inbox.now;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Prometheus and Alertmanager said at one time.
 *
 * @param alerts the alerts, the most urgent first
 * @param idleSilences silences that are for no alert at the moment
 * @param problems what is not known and why, each in one sentence
 */
public record CurrentAlerts(List<CurrentAlert> alerts, List<IdleSilence> idleSilences, List<String> problems) {

	/**
	 * Return the number of alerts in a state.
	 * @param state the state
	 * @return the number
	 */
	public long count(CurrentAlert.State state) {
		return this.alerts.stream().filter((alert) -> alert.state() == state).count();
	}

	/**
	 * Whether both have answered, so that an alert that is not here is over.
	 * @return whether nothing is missing
	 */
	public boolean isComplete() {
		return this.problems.isEmpty();
	}

	/**
	 * Find the state of an alert, the most urgent one if its instances differ.
	 * @param key the alert
	 * @return the alert, if it is active
	 */
	public Optional<CurrentAlert> find(AlertKey key) {
		return this.alerts.stream().filter((alert) -> alert.key().equals(key)).findFirst();
	}

	/**
	 * A silence that is for no alert at the moment.
	 *
	 * @param id identifies it
	 * @param matchers the alerts it would be for
	 * @param reason who made it and why
	 * @param until until when
	 */
	public record IdleSilence(String id, String matchers, String reason, Instant until) {

	}

}
