package io.flowforge.samples.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One message as {@code /api/messages} tells it.
 *
 * @param id grows with every message, also over restarts
 * @param receivedAt when it came
 * @param via which way it came
 * @param note what would be different in real life, if anything
 * @param channel Slack channel; {@code null} for mail
 * @param from name of the sender
 * @param recipients addresses the mail was delivered to; empty for Slack
 * @param status what it says about the alert
 * @param title title of the first attachment, or subject of the mail
 * @param text what a person would read
 * @param html the HTML part of a mail, as it came: not to be trusted
 * @param links what a person could click on
 * @param raw the message exactly as it came
 */
record Message(long id, Instant receivedAt, Via via, @Nullable String note, @Nullable String channel,
		@Nullable String from, List<String> recipients, Status status, String title, String text, @Nullable String html,
		List<Link> links, String raw) {

	/**
	 * The way a message came.
	 */
	enum Via {

		@JsonProperty("slack-webhook")
		SLACK_WEBHOOK,

		@JsonProperty("slack-api")
		SLACK_API,

		@JsonProperty("email")
		EMAIL

	}

	/**
	 * What a message says about its alert.
	 */
	enum Status {

		@JsonProperty("firing")
		FIRING,

		@JsonProperty("resolved")
		RESOLVED,

		@JsonProperty("unknown")
		UNKNOWN;

		private static final Pattern WORD = Pattern.compile("\\b(FIRING|RESOLVED)\\b", Pattern.CASE_INSENSITIVE);

		private static final Pattern SEVERITY = Pattern.compile("^\\[(CRITICAL|WARNING|INFO)]");

		/**
		 * Reads the severity that the stack's titles and subjects begin with while
		 * something fires, or the first of the words that Alertmanager's own carry.
		 * @param title title or subject
		 * @return what it says
		 */
		static Status of(String title) {
			if (SEVERITY.matcher(title).find()) {
				return FIRING;
			}
			return WORD.matcher(title)
				.results()
				.findFirst()
				.map((word) -> valueOf(word.group().toUpperCase(Locale.ROOT)))
				.orElse(UNKNOWN);
		}

	}

	/**
	 * A link in a message.
	 *
	 * @param text what is shown
	 * @param url where it leads
	 */
	record Link(String text, String url) {

	}

}
