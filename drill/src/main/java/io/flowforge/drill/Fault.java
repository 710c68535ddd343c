package io.flowforge.drill;

import java.util.Arrays;
import java.util.Locale;

import io.flowforge.drill.message.Alert;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.settings.Spelling;
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
	 * Find a fault by its name.
	 * @param name such as {@code errors}
	 * @return the fault
	 * @throws StackException if there is no such fault
	 */
	static Fault of(String name) {
		return Arrays.stream(values())
			.filter((fault) -> fault.id().equals(name))
			.findFirst()
			.orElseThrow(() -> new StackException(
					"FAULT=%s must be errors, latency, health or down.%s".formatted(name.lines().findFirst().orElse(""),
							Spelling.nearest(name, Arrays.stream(values()).map(Fault::id))
								.map((meant) -> " Did you mean %s?".formatted(meant))
								.orElse(""))));
	}

	private String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The JSON to send to the service's {@code /faults}.
	 * @return the settings, or {@code null} if the service does not run with this fault
	 */
	@Nullable String settings() {
		return this.settings;
	}

	Alert alert() {
		return this.alert;
	}

	/**
	 * What happens, for people.
	 * @return half a sentence
	 */
	String description() {
		return this.description;
	}

}
