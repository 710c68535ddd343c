package io.flowforge.launcher.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;

/**
 * What Alertmanager knows and nobody else may. A person gives each as a file, never as a
 * value: values show in process lists.
 */
public final class Secrets {

	private static final String SLACK_API = "https://slack.com/api/chat.postMessage";

	private static final String API_URL = "slack-api-url";

	private static final String BOT_TOKEN = "slack-bot-token";

	private static final String PASSWORD = "smtp-password";

	private static final String PLATFORM_API_URL = "platform-slack-api-url";

	private static final String PLATFORM_BOT_TOKEN = "platform-slack-bot-token";

	private static final String PLATFORM_PASSWORD = "platform-smtp-password";

	// They are always there, if only empty.
	private static final List<String> STANDARD = List.of(API_URL, BOT_TOKEN, PASSWORD);

	private static final List<String> OWN = List.of(API_URL, BOT_TOKEN, PASSWORD, PLATFORM_API_URL, PLATFORM_BOT_TOKEN,
			PLATFORM_PASSWORD);

	private static final Pattern HTTPS_URL = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?");

	private final @Nullable String slackApiUrl;

	private final String slackBotToken;

	private final String smtpPassword;

	private final Map<String, String> further;

	private Secrets(@Nullable String slackApiUrl, @Nullable String slackBotToken, @Nullable String smtpPassword,
			Map<String, String> further) {
		this.slackApiUrl = slackApiUrl;
		this.slackBotToken = (slackBotToken != null) ? slackBotToken : "";
		this.smtpPassword = (smtpPassword != null) ? smtpPassword : "";
		this.further = further;
	}

	/**
	 * Read the files that a person has named.
	 * @param variables the value of a variable by its name; {@code null} or empty where
	 * it is not set
	 * @return the secrets
	 * @throws StackException if one of the files does not hold what it should
	 */
	public static Secrets read(Function<String, @Nullable String> variables) {
		Map<String, String> further = new TreeMap<>(ofReceivers(variables));
		further.putAll(ofPlatform(variables));
		return new Secrets(readUrl("FLOWFORGE_SLACK_API_URL_FILE", variables),
				read("FLOWFORGE_SLACK_BOT_TOKEN_FILE", variables, "the token"),
				read("FLOWFORGE_SMTP_PASSWORD_FILE", variables, "the password"), further);
	}

	// Only where there are some: else the receiver of the platform reads those of the
	// owners.
	private static Map<String, String> ofPlatform(Function<String, @Nullable String> variables) {
		Map<String, String> secrets = new TreeMap<>();
		String url = readUrl("FLOWFORGE_PLATFORM_SLACK_API_URL_FILE", variables);
		String token = read("FLOWFORGE_PLATFORM_SLACK_BOT_TOKEN_FILE", variables, "the token");
		if (url != null || token != null) {
			secrets.put(PLATFORM_API_URL, (url != null) ? url : SLACK_API);
			secrets.put(PLATFORM_BOT_TOKEN, (token != null) ? token : "");
		}
		String password = read("FLOWFORGE_PLATFORM_SMTP_PASSWORD_FILE", variables, "the password");
		if (password != null || Notifications.value(variables, "FLOWFORGE_PLATFORM_SMTP_USERNAME") != null) {
			secrets.put(PLATFORM_PASSWORD, (password != null) ? password : "");
		}
		return secrets;
	}

	private static @Nullable String readUrl(String variable, Function<String, @Nullable String> variables) {
		String url = read(variable, variables, "the URL");
		if (url != null && !HTTPS_URL.matcher(url).matches()) {
			throw new StackException(
					"%s=%s does not hold an https URL: put the URL of an incoming webhook into it, and nothing else."
						.formatted(variable, ShownValue.of(String.valueOf(variables.apply(variable)))));
		}
		return url;
	}

	private static Map<String, String> ofReceivers(Function<String, @Nullable String> variables) {
		String folder = variables.apply("FLOWFORGE_RECEIVERS");
		if (folder == null || folder.isEmpty()) {
			return Map.of();
		}
		Map<String, String> secrets = new ReceiverFolder(Path.of(folder)).secrets();
		for (String name : OWN) {
			if (secrets.containsKey(name)) {
				throw new StackException(
						"FLOWFORGE_RECEIVERS=%s: the secret %s would replace the stack's own: rename it."
							.formatted(ShownValue.of(folder), name));
			}
		}
		return secrets;
	}

	private static @Nullable String read(String variable, Function<String, @Nullable String> variables, String what) {
		String value = variables.apply(variable);
		if (value == null || value.isEmpty()) {
			return null;
		}
		Path file = Path.of(value);
		String shown = "%s=%s".formatted(variable, ShownValue.of(value));
		if (Files.isDirectory(file)) {
			throw new StackException("%s is a folder: name the file that holds %s.".formatted(shown, what));
		}
		if (!Files.exists(file)) {
			throw new StackException("%s does not exist: name the file that holds %s.".formatted(shown, what));
		}
		if (!Files.isReadable(file)) {
			throw new StackException("%s cannot be read: give yourself the permission to read it.".formatted(shown));
		}
		String secret = TextFile.read(file).strip();
		if (secret.isEmpty()) {
			throw new StackException("%s is empty: put %s into it.".formatted(shown, what));
		}
		return secret;
	}

	/**
	 * Write the secrets where Alertmanager reads them, and remove those that nobody names
	 * any more. Containers have mounted the folder, which stays.
	 * @param dataFolder the stack's data folder
	 * @param inboxUrl where messages for Slack go if nothing else is set
	 */
	public void write(Path dataFolder, String inboxUrl) {
		Path folder = dataFolder.resolve("alertmanager/secrets");
		PrivateFiles.createFolder(folder);
		PrivateFiles.list(folder)
			.stream()
			.filter((file) -> !STANDARD.contains(file.toString()) && !this.further.containsKey(file.toString()))
			.forEach((file) -> PrivateFiles.delete(folder.resolve(file)));
		PrivateFiles.write(folder.resolve(API_URL), slackApiUrl(inboxUrl));
		PrivateFiles.write(folder.resolve(BOT_TOKEN), this.slackBotToken);
		PrivateFiles.write(folder.resolve(PASSWORD), this.smtpPassword);
		this.further.forEach((name, secret) -> PrivateFiles.write(folder.resolve(name), secret));
	}

	// A bot posts to the channel of each team, by Slack's API; a webhook only to the one
	// that it was made for.
	private String slackApiUrl(String inboxUrl) {
		if (this.slackApiUrl != null) {
			return this.slackApiUrl;
		}
		return !this.slackBotToken.isEmpty() ? SLACK_API : inboxUrl;
	}

	/**
	 * The token of a bot.
	 * @return the token; empty if none was given
	 */
	public String slackBotToken() {
		return this.slackBotToken;
	}

	/**
	 * Where messages for Slack go if there is a token or a webhook.
	 * @return the URL
	 */
	public String slackApiUrl() {
		return slackApiUrl(SLACK_API);
	}

	/**
	 * Whether messages for Slack leave this machine.
	 * @return whether a URL or a token was given
	 */
	public boolean hasSlack() {
		return this.slackApiUrl != null || !this.slackBotToken.isEmpty();
	}

}
