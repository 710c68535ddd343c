package io.flowforge.observability.limits;

/**
 * The verdict of the service on a request that it has answered.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public enum RequestVerdict {

	/**
	 * A request to an actuator endpoint or a health probe, whatever the answer.
	 */
	ENDPOINT,

	/**
	 * Another request that does not count: an upgrade to another protocol, or one to a
	 * route that the service has excluded.
	 */
	EXCLUDED,

	/**
	 * Neither failed nor slow.
	 */
	GOOD,

	/**
	 * Answered, but too late.
	 */
	SLOW,

	/**
	 * Failed in time.
	 */
	FAILED,

	/**
	 * Failed, and too late.
	 */
	FAILED_AND_SLOW;

	/**
	 * Whether the request counts.
	 * @return whether it is one of those that the service promises something about
	 */
	public boolean isCounted() {
		return this != ENDPOINT && this != EXCLUDED;
	}

	/**
	 * Whether the service failed.
	 * @return {@code false} also if the request does not count
	 */
	public boolean isFailed() {
		return this == FAILED || this == FAILED_AND_SLOW;
	}

	/**
	 * Whether the service was slower than its limit.
	 * @return {@code false} also if the request does not count
	 */
	public boolean isSlow() {
		return this == SLOW || this == FAILED_AND_SLOW;
	}

	static RequestVerdict of(boolean failed, boolean slow) {
		if (failed) {
			return slow ? FAILED_AND_SLOW : FAILED;
		}
		return slow ? SLOW : GOOD;
	}

}
