package io.flowforge.launcher.slack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.slack.SlackApi.Answer;

/**
 * Tries the token of a bot, looks whether the bot is in each channel that services name,
 * and sends a test message to the channel of those that name none. Alertmanager would be
 * refused in the night, and older ones take Slack's refusal for a delivery.
 */
final class SlackCheck {

	// Pages of a thousand channels.
	private static final int MAX_PAGES = 20;

	private static final String TEST = "This is a test from `make check-slack`: alerts of services that name no channel arrive here.";

	private final SlackApi slack;

	private final Terminal terminal;

	SlackCheck(SlackApi slack, Terminal terminal) {
		this.slack = slack;
		this.terminal = terminal;
	}

	/**
	 * Check, and say what is true.
	 * @param standardChannel the channel of services that name none
	 * @param channels the services that name a channel, by the channel
	 * @return whether messages arrive in each channel
	 * @throws StackException if Slack does not answer, or refuses the token
	 */
	boolean run(String standardChannel, Map<String, Set<String>> channels) {
		Answer bot = this.slack.call("auth.test", Map.of());
		if (!bot.isOk()) {
			throw new StackException("Slack refuses the token (%s): %s".formatted(bot.error(), remedy(bot.error())));
		}
		this.terminal
			.say("Slack accepts the token: bot %s of workspace %s.".formatted(bot.text("user"), bot.text("team")));
		boolean complete = hasBot(channels, bot.text("user"));
		return sendTest(standardChannel, bot.text("user")) && complete;
	}

	private boolean hasBot(Map<String, Set<String>> channels, String bot) {
		if (channels.isEmpty()) {
			return true;
		}
		Map<String, Boolean> memberships = new TreeMap<>();
		String cursor = "";
		for (int page = 0; page < MAX_PAGES; page++) {
			Map<String, String> parameters = new LinkedHashMap<>();
			parameters.put("types", "public_channel,private_channel");
			parameters.put("exclude_archived", "true");
			parameters.put("limit", "1000");
			if (!cursor.isEmpty()) {
				parameters.put("cursor", cursor);
			}
			Answer answer = this.slack.call("conversations.list", parameters);
			if (!answer.isOk()) {
				this.terminal.say("The bot may not list channels (%s), so nobody knows whether it is in %s: %s"
					.formatted(answer.error(), String.join(", ", channels.keySet()), remedy(answer.error())));
				return false;
			}
			answer.json().path("channels").valueStream().forEach((channel) -> {
				boolean member = channel.path("is_member").asBoolean(false);
				memberships.put("#" + channel.path("name").asString(""), member);
				memberships.put(channel.path("id").asString(""), member);
			});
			cursor = answer.json().path("response_metadata").path("next_cursor").asString("");
			if (cursor.isEmpty()) {
				break;
			}
		}
		boolean complete = true;
		for (Map.Entry<String, Set<String>> channel : channels.entrySet()) {
			Boolean member = memberships.get(channel.getKey());
			String services = String.join(", ", channel.getValue());
			if (Boolean.TRUE.equals(member)) {
				this.terminal.say("  %s: the bot is in it (%s).".formatted(channel.getKey(), services));
				continue;
			}
			complete = false;
			this.terminal.say((member != null)
					? "  %s: the bot is missing, so nobody hears of %s there: write /invite @%s in the channel."
						.formatted(channel.getKey(), services, bot)
					: "  %s: there is no such channel, or it is private and the bot is missing, so nobody hears of %s there: create it, or write /invite @%s in it."
						.formatted(channel.getKey(), services, bot));
		}
		return complete;
	}

	private boolean sendTest(String channel, String bot) {
		Answer sent = this.slack.call("chat.postMessage", Map.of("channel", channel, "text", TEST));
		if (sent.isOk()) {
			this.terminal.say("A test message is in %s.".formatted(channel));
			return true;
		}
		this.terminal
			.say("Slack refuses a test message to %s (%s): %s".formatted(channel, sent.error(), switch (sent.error()) {
				case "not_in_channel" -> "write /invite @%s in the channel.".formatted(bot);
				case "channel_not_found" ->
					"create it, write /invite @%s in it, or name another one in FLOWFORGE_SLACK_CHANNEL."
						.formatted(bot);
				default -> remedy(sent.error());
			}));
		return false;
	}

	private static String remedy(String error) {
		return switch (error) {
			case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive" ->
				"put the Bot User OAuth Token, which begins with xoxb-, of an installed app into the file that FLOWFORGE_SLACK_BOT_TOKEN_FILE names.";
			case "missing_scope" ->
				"add the scopes chat:write, channels:read and groups:read to the app, and install it again.";
			case "ratelimited" -> "try again in a minute.";
			default -> "the documentation of Slack's Web API says what this means.";
		};
	}

}
