package io.flowforge.samples.inbox;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.flowforge.samples.inbox.Message.Via;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Shows a message as Slack or a mail program does.
 */
@Component
class MessageHtml {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss 'UTC'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final JsonMapper mapper;

	MessageHtml(JsonMapper mapper) {
		this.mapper = mapper;
	}

	String render(Message message) {
		boolean mail = message.via() == Via.EMAIL;
		String status = message.status().name().toLowerCase(Locale.ROOT);
		return """
				<article class="%s" data-id="%d">
				<header><b class="status">%s</b> <b>%s</b> <span class="via">%s</span> <time datetime="%s">%s</time></header>
				%s%s</article>
				"""
			.formatted(status, message.id(), status, Html.escape(where(message)), how(message), message.receivedAt(),
					TIME.format(message.receivedAt()), mail ? mail(message) : slack(message),
					(message.note() != null) ? "<p class=\"note\">" + Html.escape(message.note()) + "</p>" : "");
	}

	private static String where(Message message) {
		if (message.via() == Via.EMAIL) {
			return String.join(", ", message.recipients());
		}
		return (message.channel() != null) ? message.channel() : "(the webhook's channel)";
	}

	private static String how(Message message) {
		return switch (message.via()) {
			case EMAIL -> "Email";
			case SLACK_WEBHOOK -> "Slack, incoming webhook";
			case SLACK_API -> "Slack, chat.postMessage";
		};
	}

	private String slack(Message message) {
		String sender = (message.from() != null) ? "<p class=\"sender\">" + Html.escape(message.from()) + "</p>" : "";
		return sender + SlackHtml.render(this.mapper.readValue(message.raw(), SlackPayload.class));
	}

	private static String mail(Message message) {
		String head = "<p class=\"sender\">%s</p><h2>%s</h2>".formatted(
				Html.escape((message.from() != null) ? message.from() : "(no sender)"), Html.escape(message.title()));
		if (message.html() == null) {
			return head + "<p>" + Html.fromPlainText(message.text()) + "</p>";
		}
		// The frame allows no script, no form and no way to this page, and links open
		// in a new tab: a stranger whose height cannot be measured, only guessed.
		long lines = new HtmlText(message.html()).text().lines().mapToLong((line) -> (line.length() + 59) / 60).sum();
		double height = Math.min(30, 3 + 1.4 * lines);
		return head + """
				<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail" style="height: %srem"
				srcdoc="%s"></iframe>
				""".formatted(height, Html.escape("<base target=\"_blank\">" + message.html()));
	}

}
