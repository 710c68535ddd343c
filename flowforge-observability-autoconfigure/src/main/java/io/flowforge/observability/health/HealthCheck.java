package io.flowforge.observability.health;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * One health component and its last answer. Says once that it is not up, and once that it
 * is again.
 */
final class HealthCheck {

	private static final Log logger = LogFactory.getLog(HealthCheck.class);

	private final String component;

	private final RepeatedWarningFilter knownFailures;

	private volatile boolean busy;

	private volatile @Nullable Status status;

	HealthCheck(String component, RepeatedWarningFilter knownFailures) {
		this.component = component;
		this.knownFailures = knownFailures;
	}

	/**
	 * The last answer.
	 * @return the status, or {@code null} before the first answer
	 */
	@Nullable Status status() {
		return this.status;
	}

	boolean isFailing() {
		return this.status != null && !Status.UP.equals(this.status);
	}

	/**
	 * Whether the indicator has not come back from an earlier question, answered in time
	 * or not.
	 * @return whether it holds a thread
	 */
	boolean isBusy() {
		return this.busy;
	}

	/**
	 * Ask the indicator, on the thread of the caller.
	 * @param indicator the indicator
	 * @return its answer, if it has one
	 */
	@Nullable Health ask(HealthIndicator indicator) {
		this.busy = true;
		try {
			return isFailing() ? this.knownFailures.ask(indicator) : indicator.health();
		}
		finally {
			this.busy = false;
		}
	}

	void answered(@Nullable Health health) {
		Status answer = (health != null) ? health.getStatus() : Status.UNKNOWN;
		update(answer, (health != null) ? reason(health) : "it has no answer");
	}

	void failed(String reason) {
		update(Status.DOWN, reason);
	}

	private void update(Status status, @Nullable String reason) {
		boolean wasFailing = isFailing();
		this.status = status;
		if (isFailing() && !wasFailing) {
			logger.warn("Health component %s is %s%s".formatted(this.component, status.getCode(),
					(reason != null) ? ": " + reason : ""));
		}
		else if (wasFailing && !isFailing()) {
			logger.info("Health component %s is UP again".formatted(this.component));
		}
	}

	// What an indicator knows of an exception.
	private static @Nullable String reason(Health health) {
		Object error = health.getDetails().get("error");
		return (error != null) ? error.toString() : null;
	}

}
