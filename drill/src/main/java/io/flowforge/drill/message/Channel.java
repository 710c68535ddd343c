package io.flowforge.drill.message;

import java.util.List;

/**
 * A way in which messages reach people.
 */
public enum Channel {

	/** Messages in Slack. */
	SLACK("Slack"),

	/** Messages by email. */
	EMAIL("email");

	/** Both channels. */
	public static final List<Channel> ALL = List.of(values());

	private final String title;

	Channel(String title) {
		this.title = title;
	}

	/**
	 * Whether a message came in this channel.
	 * @param message the message
	 * @return whether it did
	 */
	public boolean has(Message message) {
		return (this == SLACK) ? message.isSlack() : message.isEmail();
	}

	@Override
	public String toString() {
		return this.title;
	}

}
