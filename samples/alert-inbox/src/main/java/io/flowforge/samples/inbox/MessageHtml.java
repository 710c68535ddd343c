package io.flowforge.samples.inbox;

import io.flowforge.samples.inbox.Message.Via;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Shows a message as Slack or a mail program does, behind its name.
 */
@Component
class MessageHtml {

	private final JsonMapper mapper;

	MessageHtml(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Write a message.
	 * @param message the message
	 * @param open whether it can be read at once
	 * @param after the newest message that the page already has: a message never changes
	 * @return its HTML
	 */
	String render(Message message, boolean open, long after) {
		boolean mail = message.via() == Via.EMAIL;
		if (message.id() <= after) {
			return "<details id=\"message-%d\" data-kept></details>\n".formatted(message.id());
		}
		return """
				<details class="message %s" id="message-%d"%s><summary>%s <span class="where">%s</span></summary>
				<div class="body">%s%s</div></details>
				""".formatted(mail ? "mail" : "slack", message.id(), open ? " open" : "", mail ? "Email" : "Slack",
				Html.escape(where(message)), mail ? mail(message) : slack(message), note(message));
	}

	private static String note(Message message) {
		return (message.note() != null) ? "<details class=\"note\"><summary>Why this channel</summary><p>"
				+ Html.escape(message.note()) + "</p></details>" : "";
	}

	private static String where(Message message) {
		if (message.via() == Via.EMAIL) {
			return String.join(", ", message.recipients());
		}
		return (message.channel() != null) ? message.channel() : "(the webhook's channel)";
	}

	private String slack(Message message) {
		String sender = (message.from() != null) ? "<p class=\"sender\">" + Html.escape(message.from()) + "</p>" : "";
		return sender + SlackHtml.render(this.mapper.readValue(message.raw(), SlackPayload.class));
	}

	private static String mail(Message message) {
		String head = "<p class=\"sender\">%s</p><p class=\"subject\">%s</p>".formatted(
				Html.escape((message.from() != null) ? message.from() : "(no sender)"), Html.escape(message.title()));
		if (message.html() == null) {
			return head + "<p>" + Html.fromPlainText(message.text()) + "</p>";
		}
		// The frame allows no script and no form, and links open in a new tab. That it is
		// of this origin gives a mail nothing, as nothing in it runs, and lets
		// mail-frames.js measure its height.
		return head + """
				<iframe sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" title="The mail"
				loading="lazy" src="/mails/%d"></iframe>
				""".formatted(message.id());
	}

}
