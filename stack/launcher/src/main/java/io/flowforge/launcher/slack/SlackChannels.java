package io.flowforge.launcher.slack;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.config.Secrets;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Stack;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The channels to which Alertmanager sends messages.
 */
public final class SlackChannels {

	private static final String STANDARD = "#alerts";

	private SlackChannels() {
	}

	/**
	 * Check that messages arrive in each of them, and say what is true.
	 * @param settings the settings, with the token of a bot
	 * @param stack the stack, if it is up: it knows which channels services name
	 * @param terminal where to say it
	 * @return whether they do
	 * @throws StackException if there is no token, or Slack refuses it
	 */
	public static boolean check(Settings settings, @Nullable Stack stack, Terminal terminal) {
		Secrets secrets = Secrets.read(settings.toEnvironment()::get);
		if (secrets.slackBotToken().isEmpty()) {
			throw new StackException(
					"There is no bot to check: FLOWFORGE_SLACK_BOT_TOKEN_FILE must name the file with its token. (A webhook has one channel, and is not checked.)");
		}
		String channel = settings.isSet(Setting.SLACK_CHANNEL) ? settings.get(Setting.SLACK_CHANNEL) : STANDARD;
		SlackApi slack = new SlackApi(URI.create(secrets.slackApiUrl()), secrets.slackBotToken());
		return new SlackCheck(slack, terminal).run(channel, named(stack, terminal));
	}

	private static Map<String, Set<String>> named(@Nullable Stack stack, Terminal terminal) {
		Map<String, Set<String>> channels = new TreeMap<>();
		if (stack == null || !stack.isUp(Part.PROMETHEUS)) {
			terminal.say("The stack is not up, so only the channel of services that name none is checked.");
			return channels;
		}
		stack.prometheus()
			.query("flowforge:service_owner{slack_channel!=\"\"}")
			.forEach((row) -> channels.computeIfAbsent(row.label("slack_channel"), (absent) -> new TreeSet<>())
				.add(row.label("application")));
		return channels;
	}

}
