package io.flowforge.observability.limits;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import io.flowforge.observability.settings.invalid.InvalidSettingException;
import io.flowforge.observability.settings.invalid.SettingRequirements;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The limits of this service, and the channel for its alerts.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(AlertsProperties.PREFIX)
public final class AlertsProperties {

	/**
	 * The prefix of the properties.
	 */
	public static final String PREFIX = "flowforge.observability.alerts";

	// Below it the budget could not burn 14.4 times as fast as it may, not even if every
	// request failed: the fastest window of the alert would never fire.
	private static final double LOWEST_OBJECTIVE = 0.935;

	/**
	 * The same list that Alertmanager's templates keep: anything else would end up in the
	 * default channel there.
	 */
	private static final Pattern SLACK_CHANNEL = Pattern.compile("#[a-z0-9_-]{1,79}|[CG][A-Z0-9]{6,14}");

	/**
	 * Share of requests that may end in a 5xx, as a number (0.05) or in percent (5%). The
	 * value must be above 0 and at most 0.5.
	 */
	private final double errorRatio;

	/**
	 * Latency that 99 of 100 requests must stay below. The histogram of requests gets a
	 * bucket with exactly this boundary. The value must be above 0 and at most 60s.
	 */
	private final Duration latencyP99;

	/**
	 * Requests per second below which neither the error ratio nor the latency causes an
	 * alert, so that one failure in two requests wakes nobody. The value must be above 0
	 * and at most 1000.
	 */
	private final double minRequestRate;

	/**
	 * Share of requests that must not end in a 5xx over 30 days, as a number (0.995) or
	 * in percent (99.5%). The rest is the error budget, and an alert fires when it burns
	 * too fast. The value must be at least 0.935 and below 1. Default: none, and no such
	 * alert.
	 */
	private final @Nullable Double sloObjective;

	/**
	 * Share of requests that must not take longer than alerts.latency-p99 over 30 days,
	 * as a number (0.99) or in percent (99%). The value must be at least 0.935 and below
	 * 1. Default: none, and no alert on the error budget of the latency.
	 */
	private final @Nullable Double latencySloObjective;

	/**
	 * Slack channel that gets the alerts of the service. It is a name (# and at most 79
	 * lower case letters, digits, hyphens and underscores, such as #checkout-alerts) or
	 * an id (C012AB3CD). Default: the default channel of the stack.
	 */
	private final @Nullable String slackChannel;

	/**
	 * Routes that alerts leave out, such as long polling: fully or for the latency only.
	 * A route is written as in http.route of the spans. A request without a route is
	 * compared by its path. Responses of the type text/event-stream never count for the
	 * latency. In YAML and properties files a route needs brackets: [/orders/{id}].
	 * Default: none.
	 */
	private final Map<String, Exclusion> excludeRoutes;

	/**
	 * Create the properties.
	 * @param errorRatio share of failing requests, as a number or in percent
	 * @param latencyP99 latency at the 99th percentile
	 * @param minRequestRate requests per second
	 * @param sloObjective share of requests that must not fail, as a number or in percent
	 * @param latencySloObjective share of requests that must not be slow, as a number or
	 * in percent
	 * @param slackChannel the owner's channel
	 * @param excludeRoutes routes that do not count
	 * @throws InvalidSettingException if a value is outside its range
	 */
	public AlertsProperties(@DefaultValue("0.05") String errorRatio, @DefaultValue("2s") Duration latencyP99,
			@DefaultValue("0.05") double minRequestRate, @Nullable String sloObjective,
			@Nullable String latencySloObjective, @Nullable String slackChannel,
			@DefaultValue Map<String, Exclusion> excludeRoutes) {
		this.errorRatio = parseRatio(errorRatio);
		this.latencyP99 = latencyP99;
		this.minRequestRate = minRequestRate;
		this.sloObjective = StringUtils.hasText(sloObjective) ? parseRatio(sloObjective) : null;
		this.latencySloObjective = StringUtils.hasText(latencySloObjective) ? parseRatio(latencySloObjective) : null;
		this.slackChannel = StringUtils.hasText(slackChannel) ? slackChannel : null;
		this.excludeRoutes = Map.copyOf(excludeRoutes);
		SettingRequirements.check(PREFIX + ".error-ratio", this.errorRatio > 0 && this.errorRatio <= 0.5);
		SettingRequirements.check(PREFIX + ".latency-p99",
				latencyP99.compareTo(Duration.ZERO) > 0 && latencyP99.compareTo(Duration.ofSeconds(60)) <= 0);
		SettingRequirements.check(PREFIX + ".min-request-rate", minRequestRate > 0 && minRequestRate <= 1000);
		SettingRequirements.check(PREFIX + ".slo-objective", isObjective(this.sloObjective));
		SettingRequirements.check(PREFIX + ".latency-slo-objective", isObjective(this.latencySloObjective));
		SettingRequirements.check(PREFIX + ".slack-channel",
				this.slackChannel == null || SLACK_CHANNEL.matcher(this.slackChannel).matches());
		SettingRequirements.check(PREFIX + ".exclude-routes",
				this.excludeRoutes.keySet().stream().allMatch((route) -> route.startsWith("/")));
	}

	/**
	 * Share of requests that may end in a 5xx.
	 * @return a number above 0 and at most 0.5
	 */
	public double getErrorRatio() {
		return this.errorRatio;
	}

	/**
	 * Latency that 99 of 100 requests must stay below.
	 * @return a duration above 0 and at most 60 seconds
	 */
	public Duration getLatencyP99() {
		return this.latencyP99;
	}

	/**
	 * Requests per second below which no limit is applied.
	 * @return a number above 0 and at most 1000
	 */
	public double getMinRequestRate() {
		return this.minRequestRate;
	}

	/**
	 * Share of requests that must not end in a 5xx over 30 days.
	 * @return a number of at least 0.935 and below 1, or {@code null}
	 */
	public @Nullable Double getSloObjective() {
		return this.sloObjective;
	}

	/**
	 * Share of requests that must not take longer than {@link #getLatencyP99()} over 30
	 * days.
	 * @return a number of at least 0.935 and below 1, or {@code null}
	 */
	public @Nullable Double getLatencySloObjective() {
		return this.latencySloObjective;
	}

	/**
	 * Slack channel of the owner.
	 * @return the name or id of a channel, or {@code null}
	 */
	public @Nullable String getSlackChannel() {
		return this.slackChannel;
	}

	/**
	 * Routes that alerts leave out.
	 * @return the routes, and whether fully or for the latency only
	 */
	public Map<String, Exclusion> getExcludeRoutes() {
		return this.excludeRoutes;
	}

	private static boolean isObjective(@Nullable Double share) {
		return share == null || (share >= LOWEST_OBJECTIVE && share < 1);
	}

	private static double parseRatio(String text) {
		String trimmed = text.trim();
		boolean percent = trimmed.endsWith("%");
		try {
			double number = Double.parseDouble(percent ? trimmed.substring(0, trimmed.length() - 1) : trimmed);
			return percent ? number / 100 : number;
		}
		catch (NumberFormatException ex) {
			return Double.NaN;
		}
	}

	/**
	 * In what respect the requests to a route do not count.
	 */
	public enum Exclusion {

		/**
		 * They are never slow, but they can fail.
		 */
		LATENCY,

		/**
		 * They do not count at all.
		 */
		ALL

	}

}
