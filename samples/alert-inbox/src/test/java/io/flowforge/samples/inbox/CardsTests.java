package io.flowforge.samples.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.flowforge.samples.inbox.Card.Event;
import io.flowforge.samples.inbox.Card.Kind;
import io.flowforge.samples.inbox.Message.Link;
import io.flowforge.samples.inbox.Message.Status;
import io.flowforge.samples.inbox.Message.Via;
import io.flowforge.samples.inbox.now.AlertKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How messages become cards.
 */
class CardsTests {

	private static final String DOWN = "The service is down.";

	private static final String ERRORS = "Too many requests fail.";

	private final List<Message> messages = new ArrayList<>();

	private Instant now = Instant.parse("2026-03-01T14:05:00Z");

	@Test
	void slackAndEmailOfOneEventAreOneEntry() {
		slack("CRITICAL", since(DOWN, "14:04:50"));
		mail("CRITICAL", DOWN, since(DOWN, "14:04:50"));
		Card card = theCard();
		assertThat(card.status()).isEqualTo(Status.FIRING);
		assertThat(card.since()).isEqualTo("2026-03-01T14:04:50Z");
		assertThat(card.events()).hasSize(1);
		assertThat(card.events().get(0).messages()).extracting(Message::via)
			.containsExactly(Via.SLACK_WEBHOOK, Via.EMAIL);
	}

	@Test
	void slackMayNameFewerAlertsThanTheMail() {
		slack("CRITICAL", since(DOWN, "14:04:50"));
		mail("CRITICAL", DOWN, since(DOWN, "14:04:50"), since(ERRORS, "14:04:51"));
		mail("CRITICAL", DOWN, since(DOWN, "14:04:50"), since(ERRORS, "14:04:51"), since("More.", "14:05:00"));
		slack("CRITICAL", since(DOWN, "14:04:50"), since(ERRORS, "14:04:51"));
		assertThat(theCard().events()).hasSize(2).allSatisfy((event) -> assertThat(event.messages()).hasSize(2));
	}

	@Test
	void mailMayNotNameFewerAlertsThanSlack() {
		slack("CRITICAL", since(DOWN, "14:04:50"), since(ERRORS, "14:04:51"));
		mail("CRITICAL", DOWN, since(DOWN, "14:04:50"));
		assertThat(theCard().events()).hasSize(2);
	}

	@Test
	void messagesAboutSeveralServicesAreOneCard() {
		String title = "] several services (production): Several services are down (2 alerts)";
		add(Via.SLACK_WEBHOOK, "[CRITICAL" + title, "Several services are down.\na, b\nSince 14:04:50 UTC on 1 March\n"
				+ "Runbook · All of them\n\n2 firing, 0 over\nTeam: checkout");
		add(Via.EMAIL, "[CRITICAL" + title,
				"Several services are down.\n- a (checkout), since 14:04:50 UTC on 1 March\n"
						+ "- b (checkout), since 14:04:51 UTC on 1 March\n\n2 firing, 0 over");
		assertThat(theCard().events()).hasSize(1);
		pass(Duration.ofMinutes(6));
		String over = "Over for\n- a, from 14:04:50 to 14:10:55 UTC on 1 March\n- b, from 14:04:51 to 14:10:56 UTC on 1 March\n\n"
				+ "0 firing, 2 over";
		add(Via.EMAIL, "[RESOLVED" + title, over);
		add(Via.SLACK_WEBHOOK, "[RESOLVED" + title,
				"Over for\na, b\nFrom 14:04:50 to 14:10:56 UTC on 1 March\n\n0 firing, 2 over\nTeam: checkout");
		assertThat(theCard().status()).isEqualTo(Status.RESOLVED);
		assertThat(theCard().events()).hasSize(2).allSatisfy((event) -> assertThat(event.messages()).hasSize(2));
	}

	@Test
	void resolvedFoldsIntoItsFiring() {
		slack("CRITICAL", since(DOWN, "14:04:50"));
		mail("CRITICAL", DOWN, since(DOWN, "14:04:50"));
		pass(Duration.ofMinutes(6));
		slack("RESOLVED", over(DOWN, "14:04:50", "14:10:55"));
		mail("RESOLVED", DOWN, over(DOWN, "14:04:50", "14:10:55"));
		Card card = theCard();
		assertThat(card.status()).isEqualTo(Status.RESOLVED);
		assertThat(card.since()).isEqualTo("2026-03-01T14:04:50Z");
		assertThat(card.until()).isEqualTo("2026-03-01T14:10:55Z");
		assertThat(card.events()).extracting(Event::kind).containsExactly(Kind.RESOLVED, Kind.FIRED);
	}

	@Test
	void remindersAndUpdatesAreEntriesOfTheSameCard() {
		slack("CRITICAL", since(ERRORS, "14:04:50"));
		pass(Duration.ofHours(4));
		slack("CRITICAL", since(ERRORS, "14:04:50"));
		pass(Duration.ofMinutes(1));
		slack("CRITICAL", since(ERRORS, "14:04:50"), since(DOWN, "18:05:50"));
		pass(Duration.ofMinutes(1));
		slack("CRITICAL", since(ERRORS, "14:04:50"), over(DOWN, "18:05:50", "18:06:50"));
		Card card = theCard();
		assertThat(card.events()).extracting(Event::kind)
			.containsExactly(Kind.UPDATE, Kind.UPDATE, Kind.REMINDER, Kind.FIRED);
		assertThat(card.status()).isEqualTo(Status.FIRING);
		assertThat(card.alerts()).extracting(Notification.NotifiedAlert::isFiring).containsExactly(true, false);
	}

	@Test
	void nextIncidentHasItsOwnCard() {
		slack("CRITICAL", since(DOWN, "14:04:50"));
		slack("RESOLVED", over(DOWN, "14:04:50", "14:04:58"));
		slack("CRITICAL", since(DOWN, "14:05:30"));
		assertThat(cards()).extracting(Card::status).containsExactly(Status.FIRING, Status.RESOLVED);
	}

	@Test
	void lateMailNeitherReopensNorOpensACard() {
		slack("CRITICAL", since(DOWN, "14:04:50"));
		slack("RESOLVED", over(DOWN, "14:04:50", "14:04:58"));
		mail("CRITICAL", DOWN, since(DOWN, "14:04:50"));
		mail("RESOLVED", DOWN, over(DOWN, "14:04:50", "14:04:58"));
		Card card = theCard();
		assertThat(card.status()).isEqualTo(Status.RESOLVED);
		assertThat(card.events()).hasSize(2).allSatisfy((event) -> assertThat(event.messages()).hasSize(2));
	}

	@Test
	void lateMailOfTheLastIncidentGoesToItsCard() {
		slack("CRITICAL", since(DOWN, "14:04:50"));
		slack("RESOLVED", over(DOWN, "14:04:50", "14:04:58"));
		slack("CRITICAL", since(DOWN, "14:05:30"));
		mail("RESOLVED", DOWN, over(DOWN, "14:04:50", "14:04:58"));
		assertThat(cards()).extracting((card) -> card.events().size()).containsExactly(1, 2);
	}

	@Test
	void resolvedWithoutItsFiringHasItsOwnCard() {
		slack("RESOLVED", over(DOWN, "23:59:50", "00:04:58"));
		Card card = theCard();
		assertThat(card.status()).isEqualTo(Status.RESOLVED);
		assertThat(card.until()).isEqualTo("2026-03-01T00:04:58Z");
		assertThat(card.since()).isEqualTo("2026-02-28T23:59:50Z");
	}

	@Test
	void resolvedEndsAlertsThatHaveNoRoomInIt() {
		slack("CRITICAL", since(DOWN, "14:04:50"), since(ERRORS, "14:04:51"));
		slack("RESOLVED", over(DOWN, "14:04:50", "14:04:58"));
		assertThat(theCard().alerts()).noneMatch(Notification.NotifiedAlert::isFiring);
	}

	@Test
	void otherServicesEnvironmentsAndTeamsHaveTheirOwnCards() {
		slack("CRITICAL", since(DOWN, "14:04:50"));
		add(Via.SLACK_WEBHOOK, "[CRITICAL] orders-service (staging): Down", text(since(DOWN, "14:04:50"), "checkout"));
		add(Via.SLACK_WEBHOOK, "[CRITICAL] orders-service (production): Down",
				text(since(DOWN, "14:04:50"), "payments"));
		add(Via.SLACK_WEBHOOK, "[CRITICAL] monitoring: Down", text(since(DOWN, "14:04:50"), "checkout"));
		assertThat(cards()).hasSize(4);
	}

	@Test
	void otherMessagesHaveTheirOwnCards() {
		slack("CRITICAL", since(DOWN, "14:04:50"));
		add(Via.EMAIL, "Lunch?", "In the usual place.");
		add(Via.SLACK_API, "[FIRING] something of another system", "It fires.");
		add(Via.EMAIL, "[WARNING] orders-service (production): x", "since yesterday");
		assertThat(cards()).hasSize(4)
			.filteredOn((card) -> card.service() == null)
			.extracting(Card::title)
			.containsExactly("[WARNING] orders-service (production): x", "[FIRING] something of another system",
					"Lunch?");
	}

	@Test
	void alertsAreNamedByTheirSilenceLinks() {
		String filter = "%7Balertname%3D%22FlowForgeServiceDown%22%2Cenvironment%3D%22production%22%2Capplication%3D%22a%5C%22b%20c%22%2Ccluster%3D%22north%22%7D";
		this.messages.add(new Message(1, this.now, Via.SLACK_WEBHOOK, null, "#a", null, List.of(), Status.FIRING,
				"[CRITICAL] a (production): Down", text(since(DOWN, "14:04:50"), "checkout"), null,
				List.of(new Link("Silence", "http://localhost:9093/#/silences/new?filter=" + filter)), ""));
		assertThat(theCard().alerts()).extracting(Notification.NotifiedAlert::key)
			.containsExactly(new AlertKey("FlowForgeServiceDown", "production", "a\"b c", "north"));
	}

	@Test
	void newYearIsNotInTheFuture() {
		this.now = Instant.parse("2026-01-01T00:00:05Z");
		add(Via.SLACK_WEBHOOK, "[CRITICAL] orders-service (production): Down",
				DOWN + "\nGone.\nSince 23:59:50 UTC on 31 December\n\nTeam: checkout");
		assertThat(theCard().since()).isEqualTo("2025-12-31T23:59:50Z");
	}

	@Test
	void timesMayBeThoseOfAnotherZone() {
		add(Via.SLACK_WEBHOOK, "[RESOLVED] orders-service (production): Over", "Resolved: " + DOWN
				+ "\nLast seen: gone.\nFrom 23:59:50 to 00:04:58 CET on 1 March, for 5m8s\n\nTeam: checkout");
		assertThat(theCard().since()).isEqualTo("2026-02-28T22:59:50Z");
		assertThat(theCard().until()).isEqualTo("2026-02-28T23:04:58Z");
	}

	private Card theCard() {
		assertThat(cards()).hasSize(1);
		return cards().get(0);
	}

	private List<Card> cards() {
		List<Message> newestFirst = new ArrayList<>(this.messages);
		Collections.reverse(newestFirst);
		return Cards.of(newestFirst, ZoneId.of("Europe/Vienna"));
	}

	private void pass(Duration duration) {
		this.now = this.now.plus(duration);
	}

	private void slack(String status, String... alerts) {
		add(Via.SLACK_WEBHOOK, "[" + status + "] orders-service (production): Down",
				text(String.join("\n\n", alerts), "checkout"));
	}

	private void mail(String status, String summary, String... alerts) {
		String text = text(String.join("\n\n", alerts), "checkout").replace("\nSince", "\ncritical, since")
			.replace("\nFrom", "\ncritical, from");
		add(Via.EMAIL, "[" + status + "] orders-service (production): " + summary, text);
	}

	private static String since(String summary, String time) {
		return summary + "\nIn detail.\nSince " + time + " UTC on 1 March\nDashboard · Silence";
	}

	private static String over(String summary, String from, String to) {
		return "Resolved: " + summary + "\nLast seen: in detail.\nFrom " + from + " to " + to
				+ " UTC on 1 March, for 10m10s";
	}

	private static String text(String alerts, String team) {
		return "Title\n\n" + alerts + "\n\nTeam: " + team;
	}

	private void add(Via via, String title, String text) {
		this.now = this.now.plusSeconds(1);
		this.messages.add(new Message(this.messages.size() + 1, this.now, via, null, null, null, List.of(),
				Status.of(title), title, text, null, List.of(), ""));
	}

}
