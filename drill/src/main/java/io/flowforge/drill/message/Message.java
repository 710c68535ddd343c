package io.flowforge.drill.message;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A message in the inbox.
 *
 * @param id grows with every message
 * @param receivedAt when it came
 * @param via {@code slack-webhook}, {@code slack-api} or {@code email}
 * @param channel the Slack channel, {@code null} for mail
 * @param recipients addresses, empty for Slack
 * @param status {@code firing} or {@code resolved}
 * @param title title of a Slack message or subject of a mail
 * @param text what a person reads
 * @param links what a person can click on
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Message(long id, Instant receivedAt, String via, @Nullable String channel, List<String> recipients,
		String status, String title, String text, List<Link> links) {

	private static final String RESOLVED = "(?m)^\\W*(Resolved|Over for)";

	public boolean isSlack() {
		return this.via.startsWith("slack");
	}

	public boolean isEmail() {
		return this.via.equals("email");
	}

	/**
	 * What the message says about alerts that fire.
	 * @return the text up to what is resolved
	 */
	public String firing() {
		return this.text.split(RESOLVED, 2)[0];
	}

	/**
	 * Whether this message repeats alerts that are resolved. Prometheus sends them for
	 * another quarter of an hour, Alertmanager takes that for news, and the message about
	 * an alert that fires meanwhile comes twice.
	 * @return whether it does
	 */
	public boolean repeatsResolvedAlerts() {
		return this.status.equals("firing") && !firing().equals(this.text);
	}

	/**
	 * Whether this message is about an alert of a service.
	 * @param status {@code firing} or {@code resolved}
	 * @param application the service
	 * @param summary the alert's summary
	 * @return whether it is
	 */
	public boolean isAbout(String status, String application, String summary) {
		return this.status.equals(status) && this.title.contains(application)
				&& (status.equals("firing") ? firing() : this.text).contains(summary);
	}

	/**
	 * Whether this message lists a service among several for which an alert fires.
	 * @param summary the alert's summary
	 * @param application the service
	 * @return whether it does
	 */
	public boolean names(String summary, String application) {
		return this.status.equals("firing") && firing().contains(summary)
				&& Pattern.compile("\\b%s\\b".formatted(Pattern.quote(application))).matcher(firing()).find();
	}

	/**
	 * A link in a message.
	 *
	 * @param text what is shown
	 * @param url where it leads
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Link(String text, String url) {

	}

}
