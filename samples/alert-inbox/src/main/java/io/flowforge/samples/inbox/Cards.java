package io.flowforge.samples.inbox;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.flowforge.samples.inbox.Message.Status;

/**
 * Sorts messages into cards, one for each incident.
 * <p>
 * Alertmanager notifies of a group of alerts: those of one service, environment and team.
 * A message names no group and no incident, so an incident is recognised by its service
 * and by the <em>start</em> of its alerts, which stands in every message about them, the
 * last one included. A message belongs
 * <ol>
 * <li>to the card of its service that has one of its alerts, or else</li>
 * <li>to the newest card of its service if that still fires: the alerts are new in it, or
 * the message has no room for the ones that the card knows. A message that names no
 * alert, as it only says which services have recovered, belongs there in any case.</li>
 * </ol>
 * If there is none, the message opens a card; so does a "resolved" whose "firing" never
 * came. Order and delay of Slack and email do not matter.
 */
final class Cards {

	private Cards() {
	}

	/**
	 * Sort messages into cards.
	 * @param messages the messages, newest first
	 * @param timeZone the time zone of the times in messages
	 * @return the cards, the one that was opened last first: a card keeps its place
	 */
	static List<Card> of(List<Message> messages, ZoneId timeZone) {
		List<Card> oldestFirst = new ArrayList<>();
		for (int i = messages.size() - 1; i >= 0; i--) {
			Message message = messages.get(i);
			Optional<Notification> notification = Notification.of(message, timeZone);
			if (notification.isEmpty()) {
				oldestFirst.add(new Card(message));
				continue;
			}
			find(oldestFirst, notification.get()).ifPresentOrElse((card) -> card.add(notification.get()),
					() -> oldestFirst.add(new Card(notification.get())));
		}
		Collections.reverse(oldestFirst);
		return oldestFirst;
	}

	private static Optional<Card> find(List<Card> oldestFirst, Notification notification) {
		List<Card> cards = new ArrayList<>(oldestFirst);
		Collections.reverse(cards);
		cards.removeIf((card) -> !notification.service().equals(card.service()));
		return cards.stream()
			.filter((card) -> card.shares(notification))
			.findFirst()
			.or(() -> cards.stream()
				.findFirst()
				.filter((card) -> card.status() == Status.FIRING || notification.alerts().isEmpty()));
	}

}
