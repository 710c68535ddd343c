package io.flowforge.observability.systemtests;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A message as the inbox tells it.
 *
 * @param id grows with every message
 * @param receivedAt when it came
 * @param via {@code slack-webhook}, {@code slack-api} or {@code email}
 * @param channel the Slack channel, {@code null} for mail
 * @param recipients addresses, empty for Slack
 * @param status {@code firing} or {@code resolved}
 * @param title title of a Slack message or subject of a mail
 * @param text what a person reads
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Message(long id, Instant receivedAt, String via, @Nullable String channel, List<String> recipients,
		String status, String title, String text) {

	boolean isSlack() {
		return this.via.startsWith("slack");
	}

	boolean isEmail() {
		return this.via.equals("email");
	}

	/**
	 * Whether this message is about an alert of a service.
	 * @param status {@code firing} or {@code resolved}
	 * @param application the service
	 * @param summary the alert's summary
	 * @return whether it is
	 */
	boolean isAbout(String status, String application, String summary) {
		return this.status.equals(status) && this.title.contains(application) && this.text.contains(summary);
	}

}
