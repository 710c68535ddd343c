package io.flowforge.launcher.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go. Values become part of a YAML file and of templates, so each must
 * look like what it is, whole and with nothing around it. What is {@code null} stays as
 * the files of {@code alertmanager/} have it.
 *
 * @param channels how owners are notified
 * @param watchdogUrl where the dead man's switch listens
 * @param slackChannel the channel of services that name none
 * @param smarthost host and port of the mail server
 * @param requireTls {@code true} or {@code false}: whether the mail server must speak TLS
 * @param username with which to log in to the mail server
 * @param from the sender
 * @param to the recipients, separated by commas
 * @param teams who gets the mails of which team
 * @param receivers a folder with further receivers
 * @param platform how whoever runs the stack is told
 */
public record Notifications(NotificationChannels channels, @Nullable String watchdogUrl, @Nullable String slackChannel,
		@Nullable String smarthost, @Nullable String requireTls, @Nullable String username, @Nullable String from,
		@Nullable String to, Map<String, String> teams, @Nullable Path receivers, PlatformNotifications platform) {

	private static final String EMAIL_ADDRESS = "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+";

	static final String EMAIL_ADDRESSES = EMAIL_ADDRESS + "(, ?" + EMAIL_ADDRESS + ")*";

	static final Form SLACK_CHANNEL = new Form("#[a-z0-9_-]{1,79}|[CG][A-Z0-9]{6,14}",
			"a channel such as #alerts, or a channel id such as C0123456789");

	static final Form SMARTHOST = new Form("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+\\]):[0-9]{1,5}",
			"the host and port of a mail server, such as mail.example.com:587");

	static final Form TRUE_OR_FALSE = new Form("true|false", "true or false");

	static final Form USERNAME = new Form("[A-Za-z0-9._%+@=/\\\\-]+", "a user name without spaces and quotes");

	static final Form RECIPIENTS = new Form(EMAIL_ADDRESSES, "email addresses separated by commas");

	public Notifications {
		check("FLOWFORGE_WATCHDOG_URL", watchdogUrl,
				new Form("https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%\\[\\]-]+", "an http or https URL"));
		check("FLOWFORGE_SLACK_CHANNEL", slackChannel, SLACK_CHANNEL);
		check("FLOWFORGE_SMTP_SMARTHOST", smarthost, SMARTHOST);
		check("FLOWFORGE_SMTP_REQUIRE_TLS", requireTls, TRUE_OR_FALSE);
		check("FLOWFORGE_SMTP_USERNAME", username, USERNAME);
		check("FLOWFORGE_EMAIL_FROM", from, new Form(EMAIL_ADDRESS, "an email address"));
		check("FLOWFORGE_EMAIL_TO", to, RECIPIENTS);
	}

	/**
	 * Everything as the files have it.
	 * @param channels how owners are notified
	 * @return the notifications
	 */
	public static Notifications of(NotificationChannels channels) {
		return new Notifications(channels, null, null, null, null, null, null, null, Map.of(), null,
				PlatformNotifications.AS_OWNERS);
	}

	/**
	 * Read the variables that a person has set.
	 * @param variables the value of a variable by its name; {@code null} or empty where
	 * it is not set
	 * @return the notifications, in Slack and by email where nothing else is said
	 * @throws StackException if a value is not what its variable takes
	 */
	public static Notifications from(Function<String, @Nullable String> variables) {
		String choice = value(variables, "FLOWFORGE_NOTIFY");
		String smarthost = value(variables, "FLOWFORGE_SMTP_SMARTHOST");
		String requireTls = value(variables, "FLOWFORGE_SMTP_REQUIRE_TLS");
		return new Notifications(
				(choice != null) ? NotificationChannels.parse(choice) : NotificationChannels.SLACK_EMAIL,
				value(variables, "FLOWFORGE_WATCHDOG_URL"), value(variables, "FLOWFORGE_SLACK_CHANNEL"), smarthost,
				(requireTls != null || isThisMachine(smarthost)) ? requireTls : "true",
				value(variables, "FLOWFORGE_SMTP_USERNAME"), value(variables, "FLOWFORGE_EMAIL_FROM"),
				value(variables, "FLOWFORGE_EMAIL_TO"), teams(value(variables, "FLOWFORGE_TEAM_ADDRESSES")),
				receivers(value(variables, "FLOWFORGE_RECEIVERS")), PlatformNotifications.from(variables));
	}

	/**
	 * The same, with addresses for what has none yet.
	 * @param watchdogUrl where the dead man's switch listens
	 * @param smarthost host and port of the mail server
	 * @return the completed notifications
	 */
	public Notifications orElse(String watchdogUrl, String smarthost) {
		return new Notifications(this.channels, (this.watchdogUrl != null) ? this.watchdogUrl : watchdogUrl,
				this.slackChannel, (this.smarthost != null) ? this.smarthost : smarthost, this.requireTls,
				this.username, this.from, this.to, this.teams, this.receivers, this.platform);
	}

	// Without a mail server of their own, people get their mails from the inbox.
	static boolean isThisMachine(@Nullable String smarthost) {
		return smarthost == null || smarthost.matches("(localhost|127\\.[0-9.]+|\\[::1]):.*");
	}

	private static Map<String, String> teams(@Nullable String file) {
		return (file != null) ? TeamAddresses.read(Path.of(file)).addresses() : Map.of();
	}

	private static @Nullable Path receivers(@Nullable String folder) {
		return (folder != null) ? new ReceiverFolder(Path.of(folder)).folder() : null;
	}

	static @Nullable String value(Function<String, @Nullable String> variables, String name) {
		String value = variables.apply(name);
		return (value == null || value.isEmpty()) ? null : value;
	}

	/**
	 * How the platform is told.
	 * @return the ways: its own, else those of the owners
	 */
	public NotificationChannels platformChannels() {
		return (this.platform.channels() != null) ? this.platform.channels() : this.channels;
	}

	static void check(String variable, @Nullable String value, Form form) {
		if (value != null && !Pattern.matches(form.pattern(), value)) {
			throw new StackException("%s=%s must be %s.".formatted(variable, ShownValue.of(value), form.description()));
		}
	}

	/**
	 * What a value looks like.
	 *
	 * @param pattern all of it
	 * @param description what to say to people who gave another
	 */
	record Form(String pattern, String description) {

	}

}
