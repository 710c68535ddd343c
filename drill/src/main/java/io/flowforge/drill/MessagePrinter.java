package io.flowforge.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Message;
import io.flowforge.launcher.Terminal;

/**
 * Shows messages as a person reads them in Slack and in the mailbox.
 */
final class MessagePrinter {

	private static final int WIDTH = 80;

	private final Terminal terminal;

	MessagePrinter(Terminal terminal) {
		this.terminal = terminal;
	}

	/**
	 * Show messages.
	 * @param what what they are, such as {@code The alert}
	 * @param since the moment since when they were waited for
	 * @param messages messages by channel
	 */
	void show(String what, Instant since, Map<Channel, Message> messages) {
		messages.forEach((channel, message) -> show("%s %s, after %.1f s".formatted(what, place(channel, message),
				Duration.between(since, message.receivedAt()).toMillis() / 1000.0), message));
	}

	private static String place(Channel channel, Message message) {
		return (channel == Channel.SLACK) ? "in Slack, " + message.channel()
				: "by email, to " + String.join(", ", message.recipients());
	}

	private void show(String heading, Message message) {
		this.terminal.say("");
		this.terminal.say("── %s %s".formatted(heading, "─".repeat(Math.max(3, WIDTH - 4 - heading.length()))));
		this.terminal.say(message.title());
		// The text of a Slack message begins with its title.
		message.text().strip().lines().filter((line) -> !line.equals(message.title())).forEach(this.terminal::say);
		this.terminal.say("─".repeat(WIDTH));
	}

}
