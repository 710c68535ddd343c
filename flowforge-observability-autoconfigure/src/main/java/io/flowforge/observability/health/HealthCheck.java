package io.flowforge.observability.health;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * A health component and its last status. Logs one line when it begins to fail, and one
 * when it has recovered or has a status that is neither.
 */
final class HealthCheck {

	private static final Log logger = LogFactory.getLog(HealthCheck.class);

	private final String component;

	private final Predicate<Status> failing;

	private final BooleanSupplier polled;

	private final RepeatedWarningFilter warningFilter;

	private volatile boolean busy;

	private volatile @Nullable Status status;

	/**
	 * Create an instance.
	 * @param component the path of the component
	 * @param failing whether a status is a failure
	 * @param polled whether results count: those that come too late do not
	 * @param warningFilter runs the indicator while it is failing
	 */
	HealthCheck(String component, Predicate<Status> failing, BooleanSupplier polled,
			RepeatedWarningFilter warningFilter) {
		this.component = component;
		this.failing = failing;
		this.polled = polled;
		this.warningFilter = warningFilter;
	}

	/**
	 * Return the last status.
	 * @return the status, or {@code null} before the first probe has ended
	 */
	@Nullable Status status() {
		return this.status;
	}

	boolean isFailing() {
		Status current = this.status;
		return current != null && this.failing.test(current);
	}

	/**
	 * Whether the indicator is still running an earlier probe, which may have timed out.
	 * @return whether the indicator holds a thread
	 */
	boolean isBusy() {
		return this.busy;
	}

	/**
	 * Run the indicator on the current thread.
	 * @param indicator the indicator
	 * @return the health, or {@code null} if the indicator returns none
	 */
	@Nullable Health run(HealthIndicator indicator) {
		this.busy = true;
		try {
			return isFailing() ? this.warningFilter.runAgain(indicator) : indicator.health();
		}
		finally {
			this.busy = false;
		}
	}

	void completed(@Nullable Health health) {
		Status status = (health != null) ? health.getStatus() : Status.UNKNOWN;
		update(status, (health != null) ? reason(health) : "the indicator returned no health");
	}

	void failed(String reason) {
		update(Status.DOWN, reason);
	}

	private void update(Status status, @Nullable String reason) {
		if (!this.polled.getAsBoolean()) {
			return;
		}
		Status previous = this.status;
		boolean wasFailing = isFailing();
		this.status = status;
		if (isFailing()) {
			if (!wasFailing) {
				logger.warn("Health component %s is %s%s".formatted(this.component, status.getCode(),
						(reason != null) ? ": " + reason : ""));
			}
		}
		else if (wasFailing && Status.UP.equals(status)) {
			logger.info("Health component %s is UP again".formatted(this.component));
		}
		else if (!Status.UP.equals(status) && !status.equals(previous)) {
			logger.info("Health component %s is %s, which the health endpoint does not treat as a failure"
				.formatted(this.component, status.getCode()));
		}
	}

	// Where Spring Boot's indicators put an exception.
	private static @Nullable String reason(Health health) {
		Object error = health.getDetails().get("error");
		return (error != null) ? error.toString() : null;
	}

}
