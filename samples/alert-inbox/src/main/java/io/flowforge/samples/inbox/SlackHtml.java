package io.flowforge.samples.inbox;

import io.flowforge.samples.inbox.SlackPayload.Action;
import io.flowforge.samples.inbox.SlackPayload.Attachment;
import io.flowforge.samples.inbox.SlackPayload.Field;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Shows a message as Slack does.
 */
final class SlackHtml {

	private final StringBuilder html = new StringBuilder();

	private SlackHtml() {
	}

	static String render(SlackPayload message) {
		SlackHtml html = new SlackHtml();
		html.text("p", "", message.text(), true);
		message.attachments().forEach(html::attachment);
		return html.html.toString();
	}

	private void attachment(Attachment attachment) {
		text("p", "", attachment.pretext(), isFormatted(attachment, "pretext"));
		this.html.append("<div class=\"attachment\" style=\"border-color:").append(attachment.cssColor()).append("\">");
		title(attachment);
		text("p", "", attachment.text(), isFormatted(attachment, "text"));
		if (!attachment.fields().isEmpty()) {
			this.html.append("<div class=\"fields\">");
			attachment.fields().forEach((field) -> field(field, isFormatted(attachment, "fields")));
			this.html.append("</div>");
		}
		if (!attachment.actions().isEmpty()) {
			this.html.append("<p class=\"actions\">");
			attachment.actions().forEach(this::action);
			this.html.append("</p>");
		}
		text("p", "footer", attachment.footer(), false);
		this.html.append("</div>");
	}

	private void title(Attachment attachment) {
		String title = attachment.title();
		if (StringUtils.hasText(title)) {
			String link = (attachment.titleLink() != null) ? attachment.titleLink() : "";
			this.html.append("<p class=\"title\">").append(Html.link(link, Mrkdwn.decode(title))).append("</p>");
		}
	}

	private void field(Field field, boolean formatted) {
		this.html.append(Boolean.TRUE.equals(field.narrow()) ? "<div class=\"narrow\">" : "<div>");
		if (StringUtils.hasText(field.title())) {
			// The colon is for the plain text, which has no line of its own for the name.
			this.html.append("<b>").append(Html.escape(Mrkdwn.decode(field.title()))).append("<i>: </i></b>");
		}
		text("span", "", field.value(), formatted);
		this.html.append("</div>");
	}

	private void action(Action action) {
		String text = StringUtils.hasText(action.text()) ? action.text() : "(no text)";
		String style = ("danger".equals(action.style()) || "primary".equals(action.style())) ? action.style() : "";
		this.html.append(Html.link((action.url() != null) ? action.url() : "", Mrkdwn.decode(text), "button " + style))
			.append(' ');
	}

	private void text(String element, String cssClass, @Nullable String text, boolean formatted) {
		if (StringUtils.hasText(text)) {
			this.html.append("<%s class=\"%s\">".formatted(element, cssClass))
				.append(formatted ? Mrkdwn.toHtml(text) : Mrkdwn.plainToHtml(text))
				.append("</%s>".formatted(element));
		}
	}

	private static boolean isFormatted(Attachment attachment, String part) {
		return attachment.mrkdwnIn().contains(part);
	}

}
