package io.flowforge.samples.inbox.now;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Alerts of one name about one service that are in the same state now.
 *
 * @param key which alerts
 * @param state their state
 * @param severity their severity
 * @param summary what is wrong, in one sentence
 * @param descriptions what is wrong in detail, for each alert
 * @param since when the first of them became active
 * @param until when the state ends: when a pending alert fires, when a silence or a mute
 * time is over; {@code null} if that is not known
 * @param reason why nobody is notified, or {@code null}
 * @param silences the silences it is under
 * @param hints what else is known about it, and what to do
 * @param runbook address of its runbook, or an empty string
 */
public record CurrentAlert(AlertKey key, State state, String severity, String summary, List<String> descriptions,
		Instant since, @Nullable Instant until, @Nullable String reason, List<String> silences, List<String> hints,
		String runbook) {

	/**
	 * The state of an alert, the most urgent first.
	 */
	public enum State {

		/** Its owner is notified. */
		FIRING,

		/** Its condition is true, but not for long enough yet. */
		PENDING,

		/** It fires at a time when its route is muted. */
		MUTED,

		/** It fires, and somebody has silenced it. */
		SILENCED,

		/** It fires, and another alert explains it. */
		INHIBITED

	}

}
