package io.flowforge.samples.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.flowforge.samples.inbox.Card.Event;
import io.flowforge.samples.inbox.Card.Kind;
import io.flowforge.samples.inbox.Message.Status;
import io.flowforge.samples.inbox.Notification.NotifiedAlert;
import io.flowforge.samples.inbox.Notification.Service;
import io.flowforge.samples.inbox.now.AlertKey;
import io.flowforge.samples.inbox.now.CurrentAlert;
import io.flowforge.samples.inbox.now.CurrentAlert.State;
import io.flowforge.samples.inbox.now.CurrentAlerts;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Shows a card.
 */
@Component
class CardHtml {

	/** The rest is in {@code /api/messages}. */
	private static final int MAX_EVENTS = 20;

	/**
	 * Messages come a moment after Alertmanager knows of an alert; what is shown of
	 * Alertmanager can be older than the message.
	 */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private final MessageHtml messageHtml;

	private final InstantSource clock;

	CardHtml(MessageHtml messageHtml, InstantSource clock) {
		this.messageHtml = messageHtml;
		this.clock = clock;
	}

	/**
	 * Write a card.
	 * @param card the card
	 * @param now the state of its alerts
	 * @param after the newest message that the page already has
	 * @return its HTML
	 */
	String render(Card card, CurrentAlerts now, long after) {
		boolean over = isOverWithoutMessage(card, now);
		String status = over ? "over" : status(card, now);
		List<Event> events = card.events();
		String history = events.stream()
			.limit(MAX_EVENTS)
			.map((event) -> event(event, event == events.get(0), after))
			.collect(Collectors.joining());
		int hidden = events.size() - MAX_EVENTS;
		return """
				<article class="card %s" id="card-%d" aria-labelledby="card-%d-title" tabindex="-1">
				<header class="head"><b class="badge">%s</b><h3 id="card-%d-title">%s</h3><p class="when">%s</p></header>
				%s%s<ol class="events">
				%s</ol>
				%s</article>
				"""
			.formatted(status, card.id(), card.id(), badge(status), card.id(), title(card), when(card, over), over
					? "<p class=\"note\">It fires no longer. No message said so, as it ended while it was silenced or"
							+ " muted.</p>\n"
					: "", alerts(card, now, over), history,
					(hidden > 0) ? "<p class=\"note\">and " + hidden + " earlier ones, which /api/messages has</p>\n"
							: "");
	}

	private static String status(Card card, CurrentAlerts now) {
		List<NotifiedAlert> firing = card.alerts().stream().filter(NotifiedAlert::isFiring).toList();
		boolean silenced = !firing.isEmpty() && firing.stream()
			.map(NotifiedAlert::key)
			.allMatch((key) -> key != null
					&& now.find(key).filter((alert) -> alert.state() == State.SILENCED).isPresent());
		return silenced ? "silenced" : card.status().name().toLowerCase(Locale.ROOT);
	}

	// Alertmanager sends nothing about an alert that ends under a silence.
	private boolean isOverWithoutMessage(Card card, CurrentAlerts now) {
		if (card.status() != Status.FIRING || card.alerts().isEmpty() || !now.isComplete()) {
			return false;
		}
		boolean settled = card.events().get(0).at().isBefore(this.clock.instant().minus(GRACE));
		return settled && card.alerts()
			.stream()
			.filter(NotifiedAlert::isFiring)
			.map(NotifiedAlert::key)
			.noneMatch((key) -> key == null || isActive(key, now));
	}

	private static boolean isActive(AlertKey key, CurrentAlerts now) {
		return now.find(key).filter((alert) -> alert.state() != State.PENDING).isPresent();
	}

	private static String badge(String status) {
		return switch (status) {
			case "firing" -> "Firing";
			case "resolved" -> "Resolved";
			case "over" -> "Over";
			case "silenced" -> "Silenced";
			default -> "Message";
		};
	}

	private static String title(Card card) {
		Service service = card.service();
		if (service == null) {
			return Html.escape(card.title());
		}
		return ServiceHtml.render(service.application(), service.environment());
	}

	private String when(Card card, boolean over) {
		if (card.service() == null) {
			return TimeHtml.render(card.since());
		}
		Instant until = card.until();
		if (until != null) {
			return "%s – %s · %s".formatted(TimeHtml.render(card.since()), TimeHtml.render(until),
					Words.of(Duration.between(card.since(), until)));
		}
		return "since " + TimeHtml.render(card.since())
				+ (over ? "" : " · " + Words.of(Duration.between(card.since(), this.clock.instant())));
	}

	private String alerts(Card card, CurrentAlerts now, boolean over) {
		if (card.alerts().isEmpty()) {
			return "";
		}
		StringBuilder html = new StringBuilder("<ul class=\"states\" aria-label=\"Alerts\">\n");
		card.alerts()
			.stream()
			.map((alert) -> alert(card, alert, alert.isFiring() ? alert.key() : null, now, over))
			.forEach(html::append);
		return html.append("</ul>\n").toString();
	}

	private String alert(Card card, NotifiedAlert alert, @Nullable AlertKey firing, CurrentAlerts now, boolean over) {
		String id = "card-%d-%s".formatted(card.id(), Integer.toHexString(alert.id().hashCode()));
		AlertKey key = alert.key();
		String name = (key != null) ? key.alertname() : alert.summary();
		Optional<CurrentAlert> current = (firing != null) ? now.find(firing) : Optional.empty();
		String control = (firing == null || over) ? ""
				: SilenceHtml.render(id + "-silence", firing, current.map(CurrentAlert::silences).orElse(List.of()));
		return """
				<li class="%s" id="%s"><p><b>%s</b> <span class="state">%s</span></p>
				%s</li>
				""".formatted(alert.isFiring() ? "firing" : "resolved", id, Html.escape(name),
				state(card, alert, current, over), control);
	}

	// Times that the head of the card has are not said again.
	private String state(Card card, NotifiedAlert alert, Optional<CurrentAlert> current, boolean over) {
		boolean sameStart = alert.since().equals(card.since());
		Instant until = alert.until();
		if (until != null) {
			boolean same = sameStart && until.equals(card.until());
			return same ? ""
					: "fired %s, resolved %s".formatted(TimeHtml.render(alert.since()), TimeHtml.render(until));
		}
		String state = sameStart ? "" : (over ? "fired " : "firing since ") + TimeHtml.render(alert.since()) + " ";
		return current.filter((now) -> now.state() != State.FIRING && now.state() != State.PENDING)
			.map((now) -> "%s<strong>%s%s.</strong> %s".formatted(state, now.state().name().toLowerCase(Locale.ROOT),
					Optional.ofNullable(now.until()).map((end) -> " until " + TimeHtml.render(end)).orElse(""),
					Html.escape((now.reason() != null) ? now.reason() : "")))
			.orElse(state);
	}

	private String event(Event event, boolean newest, long after) {
		String messages = event.messages()
			.stream()
			.map((message) -> this.messageHtml.render(message, newest && message == event.messages().get(0), after))
			.collect(Collectors.joining());
		String kind = (event.kind() == Kind.MESSAGE) ? "" : "<b>" + event.kind().word() + "</b> ";
		return """
				<li class="event" id="event-%d"><p class="event-head">%s%s</p>
				%s</li>
				""".formatted(event.id(), kind, TimeHtml.render(event.at()), messages);
	}

}
