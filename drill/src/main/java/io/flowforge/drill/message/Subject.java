package io.flowforge.drill.message;

/**
 * What an alert is about, and who must be told.
 *
 * @param name the service; empty if it is the stack itself
 * @param team its owner
 * @param channel the owner's channel in Slack
 * @param email the owner's address
 */
public record Subject(String name, String team, String channel, String email) {

	/** Gets the mail of teams that have no address. */
	public static final String ON_CALL = "on-call@flowforge.example";

	/** The stack itself. */
	public static final Subject STACK = new Subject("", "platform", "#platform", "platform@flowforge.example");

	/**
	 * Whether this is a service and not the stack.
	 * @return whether it is
	 */
	public boolean isService() {
		return !this.name.isEmpty();
	}

	/**
	 * Whether a message went to the owner.
	 * @param message the message
	 * @return whether it did
	 */
	public boolean isRecipientOf(Message message) {
		return this.channel.equals(message.channel()) || message.recipients().contains(this.email);
	}

	/**
	 * Whether the owner has an address, so that mail does not go to those on call.
	 * @return whether there is one
	 */
	public boolean hasAddress() {
		return !this.email.equals(ON_CALL);
	}

}
