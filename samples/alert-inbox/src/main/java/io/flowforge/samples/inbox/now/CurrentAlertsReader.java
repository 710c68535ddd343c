package io.flowforge.samples.inbox.now;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.samples.inbox.now.Alertmanager.RoutedAlert;
import io.flowforge.samples.inbox.now.Alertmanager.Silence;
import io.flowforge.samples.inbox.now.CurrentAlert.State;
import io.flowforge.samples.inbox.now.CurrentAlerts.IdleSilence;
import io.flowforge.samples.inbox.now.MuteTimes.MuteTime;
import io.flowforge.samples.inbox.now.Prometheus.FailedScrape;
import io.flowforge.samples.inbox.now.Prometheus.RuleAlert;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Asks Prometheus and Alertmanager, and brings their answers together. If one of them is
 * silent, the other's answer is still worth showing.
 */
@Component
class CurrentAlertsReader {

	/** Alerts by which a service is not scraped: Prometheus knows the reason. */
	private static final Set<String> AVAILABILITY = Set.of("FlowForgeServiceDown", "FlowForgeInstanceDown");

	/** Always fires; the page shows it as a heartbeat. */
	private static final String WATCHDOG = "Watchdog";

	private final Prometheus prometheus;

	private final Alertmanager alertmanager;

	private final InstantSource clock;

	CurrentAlertsReader(Prometheus prometheus, Alertmanager alertmanager, InstantSource clock) {
		this.prometheus = prometheus;
		this.alertmanager = alertmanager;
		this.clock = clock;
	}

	CurrentAlerts read() {
		return new Look().read();
	}

	private static boolean isShown(Map<String, String> labels) {
		return !WATCHDOG.equals(labels.get("alertname"));
	}

	/**
	 * One look at both.
	 */
	private final class Look {

		private final Instant now = CurrentAlertsReader.this.clock.instant();

		private final List<String> problems = new ArrayList<>();

		private List<RuleAlert> ruleAlerts = List.of();

		private List<RoutedAlert> routedAlerts = List.of();

		private List<FailedScrape> failedScrapes = List.of();

		private Map<String, Silence> silences = Map.of();

		private @Nullable MuteTimes muteTimes;

		CurrentAlerts read() {
			boolean routed = ask(" Silences and mute times are not known.", () -> {
				this.routedAlerts = CurrentAlertsReader.this.alertmanager.alerts();
				this.silences = CurrentAlertsReader.this.alertmanager.activeSilences()
					.stream()
					.collect(Collectors.toMap(Silence::id, Function.identity()));
				this.muteTimes = CurrentAlertsReader.this.alertmanager.muteTimes();
			});
			ask(" Pending alerts are not known.", () -> {
				this.ruleAlerts = CurrentAlertsReader.this.prometheus.alerts();
				if (this.ruleAlerts.stream().anyMatch((alert) -> isAboutAvailability(alert.labels()))) {
					this.failedScrapes = CurrentAlertsReader.this.prometheus.failedScrapes();
				}
			});
			Stream<CurrentAlert> fromAlertmanager = this.routedAlerts.stream()
				.filter((alert) -> isShown(alert.labels()))
				.map(this::routed);
			Stream<CurrentAlert> fromPrometheus = this.ruleAlerts.stream()
				.filter((alert) -> isShown(alert.labels()))
				.filter((alert) -> alert.pending() || !isRouted(alert))
				.map((alert) -> alert.pending() ? pending(alert) : notRouted(alert, routed));
			return new CurrentAlerts(grouped(Stream.concat(fromAlertmanager, fromPrometheus)), idleSilences(),
					List.copyOf(this.problems));
		}

		private boolean ask(String consequence, Runnable question) {
			try {
				question.run();
				return true;
			}
			catch (BackendException ex) {
				this.problems.add(ex.getMessage() + consequence);
				return false;
			}
		}

		// Prometheus adds its external labels on the way to Alertmanager.
		private boolean isRouted(RuleAlert alert) {
			return this.routedAlerts.stream()
				.anyMatch((routed) -> routed.labels().entrySet().containsAll(alert.labels().entrySet()));
		}

		private CurrentAlert pending(RuleAlert alert) {
			String reason = muteTime(alert.labels()).map((mute) -> "Nobody will be notified: " + inWords(mute))
				.orElse(null);
			return alert(alert.labels(), alert.annotations(), State.PENDING, alert.activeAt(), alert.firesAt(), reason,
					List.of());
		}

		private CurrentAlert notRouted(RuleAlert alert, boolean alertmanagerAnswers) {
			String reason = alertmanagerAnswers ? "Alertmanager does not have it yet." : null;
			return alert(alert.labels(), alert.annotations(), State.FIRING, alert.firesAt(), null, reason, List.of());
		}

		private CurrentAlert routed(RoutedAlert alert) {
			Optional<Silence> silence = alert.silencedBy()
				.stream()
				.map(this.silences::get)
				.flatMap(Stream::ofNullable)
				.max(Comparator.comparing(Silence::endsAt));
			if (silence.isPresent()) {
				return alert(alert, State.SILENCED, silence.get().endsAt(), inWords(silence.get()));
			}
			if (!alert.inhibitedBy().isEmpty()) {
				return alert(alert, State.INHIBITED, null, "Held back by " + sources(alert) + ".");
			}
			Optional<MuteTime> muteTime = muteTime(alert.labels());
			if (muteTime.isPresent()) {
				return alert(alert, State.MUTED, muteTime.get().until(),
						"Nobody is notified: " + inWords(muteTime.get()));
			}
			if (!alert.mutedBy().isEmpty()) {
				return alert(alert, State.MUTED, null, "Nobody is notified: "
						+ inWords(new MuteTime(String.join(", ", alert.mutedBy()), Instant.MAX)));
			}
			return alert(alert, State.FIRING, null, null);
		}

		private Optional<MuteTime> muteTime(Map<String, String> labels) {
			return (this.muteTimes != null) ? this.muteTimes.muteTime(labels, this.now) : Optional.empty();
		}

		private static String inWords(MuteTime muteTime) {
			return "the time interval \"%s\" mutes its route%s.".formatted(muteTime.intervals(),
					(muteTime.until() == null) ? " for more than a week" : "");
		}

		private static String inWords(Silence silence) {
			return "Silenced by %s%s".formatted(silence.createdBy(),
					silence.comment().isBlank() ? "." : ": " + silence.comment());
		}

		private String sources(RoutedAlert alert) {
			return alert.inhibitedBy()
				.stream()
				.map((fingerprint) -> this.routedAlerts.stream()
					.filter((other) -> other.fingerprint().equals(fingerprint))
					.findFirst()
					.map((other) -> AlertKey.of(other.labels()).inWords())
					.orElse("another alert"))
				.distinct()
				.collect(Collectors.joining(", "));
		}

		private CurrentAlert alert(RoutedAlert alert, State state, @Nullable Instant until, @Nullable String reason) {
			return alert(alert.labels(), alert.annotations(), state, alert.startsAt(), until, reason,
					alert.silencedBy());
		}

		private CurrentAlert alert(Map<String, String> labels, Map<String, String> annotations, State state,
				Instant since, @Nullable Instant until, @Nullable String reason, List<String> silences) {
			String runbook = annotations.getOrDefault("runbook_url", "").strip();
			return new CurrentAlert(AlertKey.of(labels), state, labels.getOrDefault("severity", ""),
					annotations.getOrDefault("summary", "").strip(),
					List.of(annotations.getOrDefault("description", "").strip()), since, until, reason, silences,
					isAboutAvailability(labels) ? scrapeErrors(labels) : List.of(), runbook);
		}

		private List<String> scrapeErrors(Map<String, String> labels) {
			return this.failedScrapes.stream()
				.filter((scrape) -> Stream.of("environment", "application", "instance")
					.filter(labels::containsKey)
					.allMatch((name) -> labels.get(name).equals(scrape.labels().get(name))))
				.map(ScrapeHint::of)
				.distinct()
				.limit(5)
				.toList();
		}

		private static boolean isAboutAvailability(Map<String, String> labels) {
			return AVAILABILITY.contains(labels.getOrDefault("alertname", ""));
		}

		private static List<CurrentAlert> grouped(Stream<CurrentAlert> alerts) {
			Map<List<Object>, CurrentAlert> grouped = new LinkedHashMap<>();
			alerts.sorted(Comparator.comparing(CurrentAlert::since))
				.forEach((alert) -> grouped.merge(List.of(alert.state(), alert.key()), alert, Look::merge));
			return grouped.values()
				.stream()
				.sorted(Comparator.comparing(CurrentAlert::state)
					.thenComparing(CurrentAlert::since, Comparator.reverseOrder()))
				.toList();
		}

		// The first countdown to end is the one to know.
		private static CurrentAlert merge(CurrentAlert first, CurrentAlert second) {
			Instant until = Stream.of(first, second)
				.map(CurrentAlert::until)
				.flatMap(Stream::ofNullable)
				.min(Comparator.naturalOrder())
				.orElse(null);
			return new CurrentAlert(first.key(), first.state(), first.severity(), first.summary(),
					joined(first.descriptions(), second.descriptions()), first.since(), until, first.reason(),
					joined(first.silences(), second.silences()), joined(first.hints(), second.hints()),
					first.runbook());
		}

		private static List<String> joined(List<String> first, List<String> second) {
			Set<String> joined = new LinkedHashSet<>(first);
			joined.addAll(second);
			return List.copyOf(joined);
		}

		private List<IdleSilence> idleSilences() {
			Set<String> used = this.routedAlerts.stream()
				.flatMap((alert) -> alert.silencedBy().stream())
				.collect(Collectors.toSet());
			return this.silences.values()
				.stream()
				.filter((silence) -> !used.contains(silence.id()))
				.sorted(Comparator.comparing(Silence::endsAt).thenComparing(Silence::id))
				.map((silence) -> new IdleSilence(silence.id(), silence.matchers(), inWords(silence), silence.endsAt()))
				.toList();
		}

	}

}
