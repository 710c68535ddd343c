package io.flowforge.samples.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.samples.inbox.now.AlertKey;
import io.flowforge.samples.inbox.now.CurrentAlert;
import io.flowforge.samples.inbox.now.CurrentAlert.State;
import io.flowforge.samples.inbox.now.CurrentAlerts;
import io.flowforge.samples.inbox.now.CurrentAlerts.IdleSilence;

import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Shows what is the case now.
 */
@Component
class NowHtml {

	/** More than these would need another tool. */
	private static final int MAX_SHOWN = 50;

	private static final int MAX_DESCRIPTIONS = 5;

	private final InstantSource clock;

	NowHtml(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Write the section.
	 * @param now what is the case
	 * @param cards the cards, to link to
	 * @return its HTML
	 */
	String render(CurrentAlerts now, List<Card> cards) {
		String problems = now.problems()
			.stream()
			.map((problem) -> "<p class=\"problem\">" + Html.escape(problem) + "</p>\n")
			.collect(Collectors.joining());
		Stream<String> alerts = now.alerts().stream().limit(MAX_SHOWN).map((alert) -> alert(alert, cards));
		Stream<String> silences = now.idleSilences().stream().limit(MAX_SHOWN).map(this::idleSilence);
		int hidden = now.alerts().size() - MAX_SHOWN;
		String rows = Stream.concat(alerts, silences).collect(Collectors.joining());
		return """
				<p id="now-summary" class="%s" role="status">%s</p>
				%s<ul class="alerts">
				%s</ul>
				%s""".formatted(level(now), Html.escape(summary(now)), problems, rows,
				(hidden > 0) ? "<p class=\"note\">and " + hidden + " more, which Alertmanager has</p>" : "");
	}

	private static String level(CurrentAlerts now) {
		if (now.count(State.FIRING) > 0) {
			return "firing";
		}
		return (now.alerts().isEmpty() && now.isComplete()) ? "quiet" : "unsure";
	}

	/**
	 * Say how many alerts are in which state.
	 * @param now what is the case
	 * @return one sentence
	 */
	static String summary(CurrentAlerts now) {
		if (now.alerts().isEmpty() && !now.isComplete()) {
			return "What fires is not known.";
		}
		Map<State, Long> counts = new EnumMap<>(State.class);
		Stream.of(State.values())
			.filter((state) -> now.count(state) > 0)
			.forEach((state) -> counts.put(state, now.count(state)));
		String others = counts.entrySet()
			.stream()
			.map((count) -> count.getValue() + " " + word(count.getKey()).toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
		// What is muted or silenced does fire: only a pending alert does not.
		boolean quiet = Set.of(State.PENDING).containsAll(counts.keySet());
		return (quiet ? "Nothing is firing" + (others.isEmpty() ? "" : ": ") : "") + others + ".";
	}

	private static String word(State state) {
		return StringUtils.capitalize(state.name().toLowerCase(Locale.ROOT));
	}

	private String alert(CurrentAlert alert, List<Card> cards) {
		AlertKey key = alert.key();
		String id = Integer.toHexString(key.hashCode());
		List<String> facts = new ArrayList<>(List.of(key.alertname(), alert.severity()));
		facts.removeIf(String::isEmpty);
		return """
				<li class="alert %s" id="now-%s-%s">
				<div class="head"><b class="badge">%s</b><h3>%s</h3><p class="when">%s</p></div>
				%s<div class="actions"><p class="facts">%s</p>%s%s%s</div>
				</li>
				""".formatted(alert.state().name().toLowerCase(Locale.ROOT), alert.state(), id, word(alert.state()),
				title(key), when(alert), details(alert), Html.escape(String.join(" · ", facts)),
				messageLink(key, cards), runbookLink(alert),
				(alert.state() != State.PENDING) ? SilenceHtml.render("now-silence-" + id, key, alert.silences()) : "");
	}

	private static String title(AlertKey key) {
		// As the messages write it.
		String place = Stream.of(key.environment(), key.cluster())
			.filter(StringUtils::hasText)
			.collect(Collectors.joining(", "));
		return ServiceHtml.render(key.application().isEmpty() ? "monitoring" : key.application(), place);
	}

	private String when(CurrentAlert alert) {
		Instant until = alert.until();
		if (alert.state() == State.PENDING && until != null) {
			Duration left = Duration.between(this.clock.instant(), until);
			return "fires in <span class=\"countdown\" data-until=\"%d\">%s</span>".formatted(until.toEpochMilli(),
					Words.countdown(left));
		}
		if (until != null) {
			return alert.state().name().toLowerCase(Locale.ROOT) + " until " + TimeHtml.render(until);
		}
		return "since %s · %s".formatted(TimeHtml.render(alert.since()),
				Words.of(Duration.between(alert.since(), this.clock.instant())));
	}

	private static String details(CurrentAlert alert) {
		List<String> lines = new ArrayList<>();
		List<String> descriptions = alert.descriptions().stream().filter(StringUtils::hasText).toList();
		lines.add("<p class=\"what\"><strong>%s</strong> %s</p>\n".formatted(
				Html.escape(alert.summary().isEmpty() ? alert.key().alertname() : alert.summary()),
				Html.escape(descriptions.stream().findFirst().orElse(""))));
		descriptions.stream()
			.skip(1)
			.limit(MAX_DESCRIPTIONS - 1)
			.forEach((line) -> lines.add("<p>" + Html.escape(line) + "</p>\n"));
		int hidden = descriptions.size() - MAX_DESCRIPTIONS;
		if (hidden > 0) {
			lines.add("<p class=\"note\">and " + hidden + " more</p>\n");
		}
		Optional.ofNullable(alert.reason())
			.ifPresent((reason) -> lines.add("<p class=\"reason\">" + Html.escape(reason) + "</p>\n"));
		alert.hints().forEach((hint) -> lines.add("<p class=\"hint\">" + Html.escape(hint) + "</p>\n"));
		return String.join("", lines);
	}

	private static String messageLink(AlertKey key, List<Card> cards) {
		return cards.stream()
			.filter((card) -> card.alerts().stream().anyMatch((alert) -> key.equals(alert.key()) && alert.isFiring()))
			.findFirst()
			.map((card) -> "<a href=\"#card-%d\">Message<span class=\"unseen\"> about %s</span></a>\n"
				.formatted(card.id(), Html.escape(key.inWords())))
			.orElse("");
	}

	private static String runbookLink(CurrentAlert alert) {
		return Html.isWebAddress(alert.runbook()) ? Html.link(alert.runbook(), "Runbook") + "\n" : "";
	}

	private String idleSilence(IdleSilence silence) {
		return """
				<li class="alert silenced idle" id="now-idle-%s">
				<div class="head"><b class="badge">Silence</b><h3>%s</h3><p class="when">until %s</p></div>
				<p class="reason">%s No alert needs it now.</p>
				<div class="actions">%s</div>
				</li>
				""".formatted(Html.escape(silence.id()), Html.escape(silence.matchers()),
				TimeHtml.render(silence.until()), Html.escape(silence.reason()), SilenceHtml.unsilence(
						"now-idle-silence-" + Html.escape(silence.id()), silence.matchers(), List.of(silence.id())));
	}

}
