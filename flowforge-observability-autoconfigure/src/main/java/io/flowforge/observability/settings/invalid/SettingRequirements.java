package io.flowforge.observability.settings.invalid;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What the value of a property must be, in words for the person who set it to something
 * else.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class SettingRequirements {

	private static final String ALERTS = "flowforge.observability.alerts.";

	private static final Map<String, String> REQUIREMENTS = Map.of(
	// @formatter:off
			ALERTS + "error-ratio", "a share above 0 and at most 0.5, such as 0.05 or 5%",
			ALERTS + "latency-p99", "a duration above 0 and at most 60s, such as 2s or 750ms",
			ALERTS + "min-request-rate", "requests per second, above 0 and at most 1000, such as 0.05",
			ALERTS + "slo-objective", "a share of at least 0.935 and below 1, such as 0.995 or 99.5%",
			ALERTS + "latency-slo-objective", "a share of at least 0.935 and below 1, such as 0.99 or 99%",
			ALERTS + "slack-channel", "a Slack channel, such as #checkout-alerts (lower case) or C012AB3CD",
			ALERTS + "exclude-routes",
			"routes that begin with a slash, in brackets, with latency or all, such as \"[/orders/{id}]\": latency"
	// @formatter:on
	);

	private SettingRequirements() {
	}

	/**
	 * Refuse a value unless it is valid.
	 * @param property the full name of a property with a requirement
	 * @param valid whether its value meets the requirement
	 * @throws InvalidSettingException if it does not
	 */
	public static void check(String property, boolean valid) {
		if (!valid) {
			throw new InvalidSettingException(property, Objects.requireNonNull(REQUIREMENTS.get(property)));
		}
	}

	static @Nullable String of(String property) {
		return REQUIREMENTS.get(property);
	}

}
