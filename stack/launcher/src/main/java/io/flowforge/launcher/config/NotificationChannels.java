package io.flowforge.launcher.config;

import java.util.Arrays;
import java.util.List;

import io.flowforge.launcher.StackException;

/**
 * How owners are notified: the values of {@code FLOWFORGE_NOTIFY}.
 */
public enum NotificationChannels {

	/**
	 * Nobody is notified; alerts are visible in Alertmanager only.
	 */
	NONE("none"),

	/**
	 * In Slack.
	 */
	SLACK("slack"),

	/**
	 * By email.
	 */
	EMAIL("email"),

	/**
	 * In Slack and by email.
	 */
	SLACK_EMAIL("slack-email");

	private final String value;

	NotificationChannels(String value) {
		this.value = value;
	}

	/**
	 * Read a value of {@code FLOWFORGE_NOTIFY}.
	 * @param value the value
	 * @return the channels
	 * @throws StackException if there is no such choice
	 */
	public static NotificationChannels parse(String value) {
		return parse("FLOWFORGE_NOTIFY", value);
	}

	static NotificationChannels parse(String variable, String value) {
		return Arrays.stream(values())
			.filter((channels) -> channels.value.equals(value))
			.findFirst()
			.orElseThrow(() -> new StackException(
					"%s=%s must be none, slack, email or slack-email.".formatted(variable, ShownValue.of(value))));
	}

	/**
	 * Whether messages go to Slack.
	 * @return whether they do
	 */
	public boolean hasSlack() {
		return this == SLACK || this == SLACK_EMAIL;
	}

	/**
	 * Whether messages go out by email.
	 * @return whether they do
	 */
	public boolean hasEmail() {
		return this == EMAIL || this == SLACK_EMAIL;
	}

	boolean has(String channel) {
		return List.of(this.value.split("-")).contains(channel);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
