package io.flowforge.drill;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.launcher.config.NotificationChannels;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Stack;
import io.flowforge.launcher.settings.Setting;

/**
 * Where the messages of a stack that is up arrive: in the inbox, or elsewhere.
 */
final class Deliveries {

	private final Inbox inbox;

	private final List<Channel> inInbox = new ArrayList<>();

	private final List<String> elsewhere = new ArrayList<>();

	Deliveries(Stack stack) {
		this.inbox = new Inbox(Part.ALERT_INBOX.address(stack.settings()));
		NotificationChannels channels = NotificationChannels.parse(stack.settings().get(Setting.NOTIFY));
		if (channels.hasSlack()) {
			add(Channel.SLACK, stack.configuration().hasRealSlack(), "Slack");
		}
		if (channels.hasEmail()) {
			add(Channel.EMAIL, stack.configuration().hasRealMail(), "the mailbox of the recipients");
		}
	}

	private void add(Channel channel, boolean real, String place) {
		if (real) {
			this.elsewhere.add(place);
		}
		else {
			this.inInbox.add(channel);
		}
	}

	/**
	 * The channels whose messages the inbox gets.
	 * @return channels
	 */
	List<Channel> inInbox() {
		return List.copyOf(this.inInbox);
	}

	/**
	 * Where to look for messages that the inbox does not get.
	 * @return a sentence, if there are any
	 */
	Optional<String> elsewhere() {
		if (this.inInbox.isEmpty() && this.elsewhere.isEmpty()) {
			return Optional.of("No messages are sent: FLOWFORGE_NOTIFY=none.");
		}
		return this.elsewhere.isEmpty() ? Optional.empty() : Optional
			.of("Look in %s: messages go to real people.".formatted(String.join(" and in ", this.elsewhere)));
	}

	long newest() {
		return this.inbox.newest();
	}

	/**
	 * The first message of a kind in each channel of the inbox.
	 * @param known the last message that does not count
	 * @param kind which messages
	 * @return messages by channel; channels without one are left out
	 */
	Map<Channel, Message> firstAfter(long known, Predicate<Message> kind) {
		Map<Channel, Message> first = new EnumMap<>(Channel.class);
		Stream<Message> messages = this.inbox.after(known).stream().filter(kind);
		messages.forEach((message) -> this.inInbox.stream()
			.filter((channel) -> channel.has(message))
			.forEach((channel) -> first.putIfAbsent(channel, message)));
		return first;
	}

}
