package io.flowforge.launcher.config;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * How the people who run the stack are told what no owner of a service can fix. What is
 * {@code null} or {@code false} is that of the owners: a message that Slack cannot be
 * reached needs another way than Slack.
 *
 * @param channels the ways
 * @param slackChannel the channel
 * @param ownSlack whether there is a webhook or a bot of its own
 * @param smarthost host and port of the mail server
 * @param requireTls {@code true} or {@code false}: whether that mail server must speak
 * TLS
 * @param username with which to log in to that mail server
 * @param to the recipients, separated by commas
 */
public record PlatformNotifications(@Nullable NotificationChannels channels, @Nullable String slackChannel,
		boolean ownSlack, @Nullable String smarthost, @Nullable String requireTls, @Nullable String username,
		@Nullable String to) {

	/** The same ways, and the same addresses, as those of the owners. */
	static final PlatformNotifications AS_OWNERS = new PlatformNotifications(null, null, false, null, null, null, null);

	public PlatformNotifications {
		Notifications.check("FLOWFORGE_PLATFORM_SLACK_CHANNEL", slackChannel, Notifications.SLACK_CHANNEL);
		Notifications.check("FLOWFORGE_PLATFORM_SMTP_SMARTHOST", smarthost, Notifications.SMARTHOST);
		Notifications.check("FLOWFORGE_PLATFORM_SMTP_REQUIRE_TLS", requireTls, Notifications.TRUE_OR_FALSE);
		Notifications.check("FLOWFORGE_PLATFORM_SMTP_USERNAME", username, Notifications.USERNAME);
		Notifications.check("FLOWFORGE_PLATFORM_EMAIL_TO", to, Notifications.RECIPIENTS);
	}

	static PlatformNotifications from(Function<String, @Nullable String> variables) {
		String choice = Notifications.value(variables, "FLOWFORGE_PLATFORM_NOTIFY");
		String smarthost = Notifications.value(variables, "FLOWFORGE_PLATFORM_SMTP_SMARTHOST");
		String requireTls = Notifications.value(variables, "FLOWFORGE_PLATFORM_SMTP_REQUIRE_TLS");
		return new PlatformNotifications(
				(choice != null) ? NotificationChannels.parse("FLOWFORGE_PLATFORM_NOTIFY", choice) : null,
				Notifications.value(variables, "FLOWFORGE_PLATFORM_SLACK_CHANNEL"),
				Notifications.value(variables, "FLOWFORGE_PLATFORM_SLACK_API_URL_FILE") != null
						|| Notifications.value(variables, "FLOWFORGE_PLATFORM_SLACK_BOT_TOKEN_FILE") != null,
				smarthost, (requireTls != null || Notifications.isThisMachine(smarthost)) ? requireTls : "true",
				Notifications.value(variables, "FLOWFORGE_PLATFORM_SMTP_USERNAME"),
				Notifications.value(variables, "FLOWFORGE_PLATFORM_EMAIL_TO"));
	}

}
