package io.flowforge.drill;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Message;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.config.Service;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Prometheus;
import io.flowforge.launcher.runtime.Stack;
import io.flowforge.launcher.settings.Spelling;
import io.flowforge.launcher.watch.Messages;

/**
 * The drill with a service that somebody else runs: it says what to break, and shows the
 * alert and the all-clear arrive.
 */
final class ServiceDrill {

	private static final List<Part> NEEDED = List.of(Part.PROMETHEUS, Part.ALERTMANAGER, Part.ALERT_INBOX);

	private static final Duration RATE_TIMEOUT = Duration.ofSeconds(5);

	/** Ten times as long as the rules need at this pace. */
	private static final Duration LIMITS_TIMEOUT = Duration.ofSeconds(30);

	private static final int PERCENT = 100;

	private final Stack stack;

	private final String name;

	private final Duration timeout;

	private final Terminal terminal;

	/**
	 * Prepare the drill.
	 * @param stack the stack
	 * @param name the service's {@code spring.application.name}
	 * @param timeout how long to wait for the alert, and for the all-clear
	 * @param terminal where to print
	 */
	ServiceDrill(Stack stack, String name, Duration timeout, Terminal terminal) {
		this.stack = stack;
		this.name = name;
		this.timeout = timeout;
		this.terminal = terminal;
	}

	/**
	 * Run the drill.
	 * @throws StackException if the service is not watched or not up, or no alert arrives
	 */
	void run() {
		FastClock.requireUp(this.stack, NEEDED);
		Service service = watchedService();
		ServiceAlerts alerts = new ServiceAlerts(this.stack.prometheus(), service);
		List<Prometheus.ActiveAlert> before = alerts.active().stream().filter(Prometheus.ActiveAlert::firing).toList();
		if (!before.isEmpty()) {
			throw new StackException(
					"%s has an alert already: %s. Make it well, wait for the all-clear ('make status' shows it), and run this again."
						.formatted(this.name, ServiceAlerts.describe(before)));
		}
		this.terminal.say("%s (%s) is watched and up.".formatted(this.name, service.environment()));
		try (Restoration restoration = new Restoration(this.terminal)) {
			FastClock.start(this.stack, restoration, this.terminal);
			// The rules read them once a minute, and this service may be new.
			Waiting.until("Prometheus does not know the limits and the owner of %s".formatted(this.name),
					LIMITS_TIMEOUT, () -> alerts.limit("error_ratio").isPresent() && alerts.hasOwner());
			run(service, alerts);
		}
	}

	private Service watchedService() {
		List<Prometheus.Target> all = this.stack.prometheus().targets();
		List<Prometheus.Target> targets = all.stream()
			.filter((target) -> target.label("application").equals(this.name))
			.toList();
		if (targets.isEmpty()) {
			throw new StackException(notWatched(all));
		}
		Prometheus.Target up = targets.stream()
			.filter(Prometheus.Target::isUp)
			.findFirst()
			.orElseThrow(() -> new StackException("%s is watched but not up: %s. Start it, and run this again."
				.formatted(this.name, targets.get(0).error().orElse("Prometheus has not scraped it yet"))));
		return new Service(up.label("environment"), this.name);
	}

	private String notWatched(List<Prometheus.Target> all) {
		List<String> names = all.stream().map((target) -> target.label("application")).distinct().sorted().toList();
		return Spelling.nearest(this.name, names.stream())
			.map((meant) -> "%s is not watched. Did you mean %s?".formatted(this.name, meant))
			.orElseGet(() -> "%1$s is not watched: make watch NAME=%1$s URL=http://localhost:8080. Watched are: %2$s."
				.formatted(this.name, names.isEmpty() ? "none" : String.join(", ", names)));
	}

	private void run(Service service, ServiceAlerts alerts) {
		Deliveries deliveries = new Deliveries(this.stack);
		Map<String, String> labels = labels(service, alerts);
		Messages messages = new Messages(this.stack);
		boolean muted = messages.areMuted(labels, Instant.now());
		this.terminal.say("Messages: %s%s".formatted(messages.where(), messages.where().endsWith("/") ? "" : "."));
		if (muted) {
			this.terminal.say("%s. The drill ends when the alert fires in Prometheus."
				.formatted(messages.muted(labels, Instant.now())));
		}
		this.terminal.say(requests(alerts));
		sayWhatToBreak(alerts);
		Stages stages = new Stages();
		stages.begin("After the drill had said what to break");
		long known = deliveries.newest();
		AlertWait wait = new AlertWait(alerts, deliveries, muted ? List.of() : deliveries.inInbox(), this.terminal,
				stages);
		show("The alert", stages, deliveries, muted,
				wait.firing(this.timeout, known, isAbout("firing"), () -> idle(alerts)));
		this.terminal.say("");
		this.terminal.say("Make %s well again: undo what you did.".formatted(this.name));
		stages.begin("After the drill had asked to make %s well".formatted(this.name));
		show("The all-clear", stages, deliveries, muted, wait.resolved(this.timeout, known, isAbout("resolved")));
		stages.print(this.terminal);
		this.terminal.say("");
		this.terminal.say(muted ? "It works: the alert fires and ends. Its messages are muted, so nobody got one."
				: "It works: people get the alert and the all-clear.");
		this.terminal.say("At normal speed, the wait for an alert is 20 times as long.");
	}

	private Map<String, String> labels(Service service, ServiceAlerts alerts) {
		return new TreeMap<>(Map.of("alertname", "FlowForgeHighErrorRatio", "severity", "critical", "category",
				"errors", "environment", service.environment(), "application", service.application(), "team",
				alerts.team().orElse("unowned")));
	}

	private void show(String what, Stages stages, Deliveries deliveries, boolean muted,
			Map<Channel, Message> messages) {
		new MessagePrinter(this.terminal).show(what, stages.beginning(), messages);
		if (!muted) {
			deliveries.elsewhere().ifPresent(this.terminal::say);
		}
	}

	// The title names the service and its environment.
	private Predicate<Message> isAbout(String status) {
		return (message) -> message.status().equals(status) && message.title().contains(" %s (".formatted(this.name));
	}

	private String requests(ServiceAlerts alerts) {
		double rate = measuredRate(alerts);
		double needed = alerts.limit("min_request_rate").orElse(0);
		if (rate == 0) {
			return "No requests arrive at %s: send it some, at least %s a second. Errors and slow answers show only in requests."
				.formatted(this.name, number(needed));
		}
		return (rate < needed)
				? "%s requests a second arrive, which is too few: alerts on errors and slow answers need %s."
					.formatted(number(rate), number(needed))
				: "%s requests a second arrive; alerts on errors and slow answers need %s.".formatted(number(rate),
						number(needed));
	}

	// After a change of speed, Prometheus needs two scrapes to know a rate.
	private static double measuredRate(ServiceAlerts alerts) {
		long end = System.nanoTime() + RATE_TIMEOUT.toNanos();
		double rate = alerts.requestRate();
		while (rate == 0 && System.nanoTime() < end) {
			Waiting.pause();
			rate = alerts.requestRate();
		}
		return rate;
	}

	private static String idle(ServiceAlerts alerts) {
		return "no alert is pending; %s requests/s, %s %% of them fail".formatted(number(alerts.requestRate()),
				number(alerts.errorRatio() * PERCENT));
	}

	private void sayWhatToBreak(ServiceAlerts alerts) {
		this.terminal.say("");
		this.terminal.say("Break %s now, in one of these ways:".formatted(this.name));
		alerts.limit("error_ratio")
			.ifPresent((limit) -> this.terminal
				.say("  - let it answer more than %s %% of its requests with 500".formatted(number(limit * PERCENT))));
		alerts.limit("latency_p99_seconds")
			.ifPresent((limit) -> this.terminal
				.say("  - let more than 1 %% of its requests take longer than %s s".formatted(number(limit))));
		this.terminal.say("  - stop it");
		this.terminal.say("");
	}

	private static String number(double value) {
		return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
	}

}
