package io.flowforge.samples.inbox;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * What is posted to Slack, as far as it is shown here: legacy attachments, which are what
 * Alertmanager sends. Blocks and everything else stay in the raw message.
 *
 * @param channel channel to post to
 * @param username name of the sender
 * @param text text above the attachments
 * @param attachments the attachments
 * @see <a href=
 * "https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments">Slack
 * on attachments</a>
 */
record SlackPayload(@Nullable String channel, @Nullable String username, @Nullable String text,
		List<Attachment> attachments) {

	SlackPayload {
		attachments = withoutNulls(attachments);
	}

	/**
	 * Whether there is nothing that Slack would show.
	 * @return whether it is refused
	 */
	boolean isEmpty() {
		return !StringUtils.hasText(this.text) && this.attachments.isEmpty();
	}

	/**
	 * What is shown where there is room for one line.
	 * @return title or fallback of the first attachment, else the first line of the text
	 */
	String title() {
		return Stream
			.concat(this.attachments.stream()
				.flatMap((attachment) -> Stream.of(attachment.title(), attachment.fallback(), attachment.text())),
					Stream.of(this.text))
			.filter(StringUtils::hasText)
			.findFirst()
			.flatMap((text) -> text.lines().findFirst())
			.orElse("(no title)");
	}

	private static <T> List<T> withoutNulls(@Nullable List<@Nullable T> list) {
		return (list != null) ? list.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList()
				: List.of();
	}

	record Attachment(@Nullable String fallback, @Nullable String color, @Nullable String pretext,
			@Nullable String title, @JsonProperty("title_link") @Nullable String titleLink, @Nullable String text,
			List<Field> fields, List<Action> actions, @Nullable String footer,
			@JsonProperty("mrkdwn_in") List<String> mrkdwnIn) {

		Attachment {
			fields = withoutNulls(fields);
			actions = withoutNulls(actions);
			mrkdwnIn = withoutNulls(mrkdwnIn);
		}

		/**
		 * Color of the bar beside the attachment.
		 * @return color that Slack has for a name, the color given as hex, else grey
		 */
		String cssColor() {
			String name = (this.color != null) ? this.color : "";
			String hex = name.startsWith("#") ? name : "#" + name;
			return switch (name) {
				case "good" -> "#2eb886";
				case "warning" -> "#daa038";
				case "danger" -> "#a30200";
				default -> hex.matches("#[0-9a-fA-F]{6}") ? hex : "#a0a0a0";
			};
		}

		/**
		 * Status as the title tells it, or else the color: red is firing, green resolved.
		 * @return status of the alert
		 */
		Message.Status status() {
			Message.Status told = Message.Status.of((this.title != null) ? this.title : "");
			if (told != Message.Status.UNKNOWN) {
				return told;
			}
			int rgb = Integer.decode(cssColor());
			int red = rgb >> 16;
			int green = (rgb >> 8) & 0xff;
			if (red > 2 * green) {
				return Message.Status.FIRING;
			}
			return (green > 2 * red) ? Message.Status.RESOLVED : Message.Status.UNKNOWN;
		}

	}

	record Field(@Nullable String title, @Nullable String value, @JsonProperty("short") @Nullable Boolean narrow) {

	}

	record Action(@Nullable String text, @Nullable String url, @Nullable String style) {

	}

}
