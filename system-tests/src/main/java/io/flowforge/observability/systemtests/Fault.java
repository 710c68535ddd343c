package io.flowforge.observability.systemtests;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A way in which a sample service fails, and the alert that must come of it.
 */
enum Fault {

	/**
	 * A fifth of the requests ends in a 500.
	 */
	ERRORS("{\"errorRatio\":0.2}", Alert.HIGH_ERROR_RATIO, "one in five requests fails"),

	/**
	 * Every request takes three seconds longer.
	 */
	LATENCY("{\"latency\":\"3s\"}", Alert.HIGH_LATENCY, "every request takes three seconds longer"),

	/**
	 * A health component is down while requests are still answered.
	 */
	HEALTH("{\"failingHealth\":true}", Alert.HEALTH_CHECK_FAILING, "a health component is down"),

	/**
	 * The process is gone.
	 */
	DOWN(null, Alert.SERVICE_DOWN, "the process is stopped");

	private final @Nullable String settings;

	private final Alert alert;

	private final String description;

	Fault(@Nullable String settings, Alert alert, String description) {
		this.settings = settings;
		this.alert = alert;
		this.description = description;
	}

	/**
	 * Find a fault by the name people give it.
	 * @param name such as {@code errors}
	 * @return the fault
	 * @throws IllegalArgumentException if there is none of that name
	 */
	static Fault of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	/**
	 * JSON that is sent to the service's {@code /faults}.
	 * @return the settings, or {@code null} if the fault is not one of a running service
	 */
	@Nullable String settings() {
		return this.settings;
	}

	/**
	 * The alert's summary, as it stands in Slack and in the mail.
	 * @return the summary
	 */
	String summary() {
		return this.alert.summary();
	}

	/**
	 * What happens, for people.
	 * @return half a sentence
	 */
	String description() {
		return this.description;
	}

}
