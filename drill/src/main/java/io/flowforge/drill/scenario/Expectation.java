package io.flowforge.drill.scenario;

import java.util.List;
import java.util.Map;

import io.flowforge.drill.message.Alert;
import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.message.Subject;

/**
 * An alert that must come.
 *
 * @param alert the alert
 * @param subject what it is about
 * @param labels further labels that it must have
 * @param channels the channels in which the alert must come while it fires
 */
public record Expectation(Alert alert, Subject subject, Map<String, String> labels, List<Channel> channels) {

	Expectation byEmailOnly() {
		return new Expectation(this.alert, this.subject, this.labels, List.of(Channel.EMAIL));
	}

	/**
	 * What one message is about: a service, or all services of a channel.
	 * @return its name
	 */
	String group() {
		return this.alert.isDigest() ? this.subject.channel() : this.subject.name();
	}

	/**
	 * Whether this is the alert with these labels.
	 * @param other labels of an alert
	 * @return whether it is
	 */
	boolean matches(Map<String, String> other) {
		return this.alert.label().equals(other.get("alertname"))
				&& this.subject.name().equals(other.getOrDefault("application", ""))
				&& other.entrySet().containsAll(this.labels.entrySet());
	}

	boolean isIn(Message message) {
		return this.subject.isRecipientOf(message)
				&& (this.alert.isDigest() ? message.names(this.alert.summary(), this.subject.name())
						: message.isAbout("firing", this.subject.name(), this.alert.summary()));
	}

	// The message says that no alert of the service, or of the channel, fires, and need
	// not name each of them.
	boolean isAllClear(Message message) {
		if (!this.subject.isService()) {
			return message.isAbout("resolved", "", this.alert.summary());
		}
		return message.status().equals("resolved") && (this.alert.isDigest() ? this.subject.isRecipientOf(message)
				: message.title().contains(this.subject.name()));
	}

	/**
	 * Where messages about this must go.
	 * @return channels and addresses
	 */
	List<String> recipients() {
		return this.channels.stream().map(this::recipient).toList();
	}

	/**
	 * Where messages about this must go.
	 * @param channel the way of the message
	 * @return the channel in Slack, or the address
	 */
	String recipient(Channel channel) {
		return (channel == Channel.SLACK) ? this.subject.channel() : this.subject.email();
	}

}
