package io.flowforge.samples.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.flowforge.samples.inbox.Message.Status;
import io.flowforge.samples.inbox.Message.Via;
import io.flowforge.samples.inbox.Notification.NotifiedAlert;
import io.flowforge.samples.inbox.Notification.Service;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was sent about one incident: from the first alert of a service until
 * none of its alerts fires.
 */
final class Card {

	/** Slack's and the mail server's copies of one event are not further apart. */
	private static final Duration SAME_EVENT = Duration.ofMinutes(5);

	private final Message first;

	private final @Nullable Service service;

	private final Map<String, NotifiedAlert> alerts = new LinkedHashMap<>();

	private final List<Event> events = new ArrayList<>();

	/**
	 * Create a card for a message that is about no alert of the stack.
	 * @param message the message
	 */
	Card(Message message) {
		this.first = message;
		this.service = null;
		this.events.add(new Event(Kind.MESSAGE, List.of(), message));
	}

	/**
	 * Create a card for the first message about an incident.
	 * @param notification the message
	 */
	Card(Notification notification) {
		this.first = notification.message();
		this.service = notification.service();
		add(notification);
	}

	/**
	 * Add a message about the same incident.
	 * @param notification the message
	 */
	void add(Notification notification) {
		if (!completesEvent(notification)) {
			this.events.add(new Event(kind(notification), notification.event(), notification.message()));
		}
		Set<String> firing = notification.alerts()
			.stream()
			.filter(NotifiedAlert::isFiring)
			.map(NotifiedAlert::id)
			.collect(Collectors.toSet());
		notification.alerts()
			.stream()
			// Two instances can have the same summary and start: one that fires decides.
			.filter((alert) -> alert.isFiring() || !firing.contains(alert.id()))
			.forEach((alert) -> this.alerts.merge(alert.id(), alert, Card::merge));
		if (notification.message().status() == Status.RESOLVED) {
			endAll(notification);
		}
	}

	// A mail can be late: what is over stays over.
	private static NotifiedAlert merge(NotifiedAlert known, NotifiedAlert alert) {
		return new NotifiedAlert(known.summary(), known.start(),
				known.since().isBefore(alert.since()) ? known.since() : alert.since(),
				(alert.until() != null) ? alert.until() : known.until(),
				(alert.key() != null) ? alert.key() : known.key());
	}

	// Also those that the message has no room for.
	private void endAll(Notification notification) {
		Instant end = notification.alerts()
			.stream()
			.map(NotifiedAlert::until)
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.max(Comparator.naturalOrder())
			.orElse(notification.message().receivedAt());
		this.alerts.replaceAll((id, alert) -> alert.isFiring()
				? new NotifiedAlert(alert.summary(), alert.start(), alert.since(), end, alert.key()) : alert);
	}

	private boolean completesEvent(Notification notification) {
		Message message = notification.message();
		List<Event> candidates = new ArrayList<>(this.events);
		Collections.reverse(candidates);
		candidates.removeIf((event) -> !event.lacks(message.via())
				|| Duration.between(event.at(), message.receivedAt()).abs().compareTo(SAME_EVENT) >= 0);
		Optional<Event> event = candidates.stream()
			.filter((candidate) -> candidate.content().equals(notification.event()))
			.findFirst()
			// In Slack there is room for fewer alerts.
			.or(() -> candidates.stream()
				.filter((candidate) -> (message.via() == Via.EMAIL)
						? beginsWith(notification.event(), candidate.content())
						: beginsWith(candidate.content(), notification.event()))
				.findFirst());
		event.ifPresent((found) -> found.messages.add(message));
		return event.isPresent();
	}

	private static boolean beginsWith(List<Object> mail, List<Object> slack) {
		return slack.size() <= mail.size() && mail.subList(0, slack.size()).equals(slack);
	}

	private Kind kind(Notification notification) {
		if (notification.message().status() == Status.RESOLVED) {
			return Kind.RESOLVED;
		}
		if (this.events.isEmpty()) {
			return Kind.FIRED;
		}
		boolean known = this.events.stream().anyMatch((event) -> event.content().equals(notification.event()));
		return known ? Kind.REMINDER : Kind.UPDATE;
	}

	/**
	 * Whether a message tells of an alert that this card has.
	 * @param notification the message
	 * @return whether they share an alert
	 */
	boolean shares(Notification notification) {
		return notification.alerts().stream().map(NotifiedAlert::id).anyMatch(this.alerts::containsKey);
	}

	long id() {
		return this.first.id();
	}

	String title() {
		return this.first.title();
	}

	@Nullable Service service() {
		return this.service;
	}

	Status status() {
		if (this.alerts.isEmpty()) {
			return this.first.status();
		}
		return this.alerts.values().stream().anyMatch(NotifiedAlert::isFiring) ? Status.FIRING : Status.RESOLVED;
	}

	/**
	 * Return when the incident began.
	 * @return start of the first alert
	 */
	Instant since() {
		return this.alerts.values()
			.stream()
			.map(NotifiedAlert::since)
			.min(Comparator.naturalOrder())
			.orElse(this.first.receivedAt());
	}

	/**
	 * Return when the incident was over.
	 * @return end of the last alert, or {@code null} while one fires
	 */
	@Nullable Instant until() {
		return (status() != Status.RESOLVED) ? null
				: this.alerts.values()
					.stream()
					.map(NotifiedAlert::until)
					.filter(Objects::nonNull)
					.map(Objects::requireNonNull)
					.max(Comparator.naturalOrder())
					.orElse(null);
	}

	List<NotifiedAlert> alerts() {
		return List.copyOf(this.alerts.values());
	}

	/**
	 * Return what was sent.
	 * @return the events, newest first
	 */
	List<Event> events() {
		List<Event> newestFirst = new ArrayList<>(this.events);
		newestFirst.sort(Comparator.comparing(Event::at).reversed());
		return newestFirst;
	}

	/**
	 * What an event is within its incident.
	 */
	enum Kind {

		FIRED("Fired"), UPDATE("Update"), REMINDER("Reminder"), RESOLVED("Resolved"), MESSAGE("Message");

		private final String word;

		Kind(String word) {
			this.word = word;
		}

		String word() {
			return this.word;
		}

	}

	/**
	 * The messages that were sent on one occasion, each another way.
	 */
	static final class Event {

		private final Kind kind;

		private final List<Object> content;

		private final List<Message> messages = new ArrayList<>();

		Event(Kind kind, List<Object> content, Message message) {
			this.kind = kind;
			this.content = content;
			this.messages.add(message);
		}

		Kind kind() {
			return this.kind;
		}

		long id() {
			return this.messages.get(0).id();
		}

		private List<Object> content() {
			return this.content;
		}

		Instant at() {
			return this.messages.get(0).receivedAt();
		}

		/**
		 * Return the messages.
		 * @return the one in Slack first
		 */
		List<Message> messages() {
			return this.messages.stream().sorted(Comparator.comparing(Message::via)).toList();
		}

		private boolean lacks(Via via) {
			boolean mail = via == Via.EMAIL;
			return this.messages.stream().noneMatch((message) -> (message.via() == Via.EMAIL) == mail);
		}

	}

}
