package io.flowforge.drill.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Message;
import io.flowforge.launcher.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario: breaks something, waits until the owner has the alert, restores
 * it, waits for the all-clear, and compares the alerts that fired with those expected.
 */
final class ScenarioRun {

	/** As many as a line of the report has room for. */
	private static final int MOST_RECIPIENTS = 3;

	private final ScenarioStack stack;

	private final Scenario scenario;

	private final List<Scenario> all;

	private final Consumer<Scenario> runner;

	private final List<String> wrong = new ArrayList<>();

	private final Map<Channel, Duration> delays = new EnumMap<>(Channel.class);

	private final Set<Message> messages = new LinkedHashSet<>();

	private @Nullable Duration allClear;

	private boolean restored;

	/**
	 * Prepare a run.
	 * @param stack the stack
	 * @param scenario the scenario
	 * @param all all scenarios, which explain other alerts
	 * @param runner runs the scenarios that belong to this one
	 */
	ScenarioRun(ScenarioStack stack, Scenario scenario, List<Scenario> all, Consumer<Scenario> runner) {
		this.stack = stack;
		this.scenario = scenario;
		this.all = all;
		this.runner = runner;
	}

	/**
	 * Run the scenario.
	 * @return the result
	 */
	ReportRow run() {
		this.scenario.begin();
		try {
			breakAndRestore();
		}
		catch (RuntimeException | AssertionError ex) {
			this.wrong.add((ex.getMessage() != null) ? ex.getMessage() : ex.toString());
			restoreAfterFailure();
		}
		this.scenario.end();
		return row();
	}

	private void breakAndRestore() {
		this.scenario.prepareIt();
		Instant broken = Instant.now();
		if (this.scenario.isByWatchdogOnly()) {
			Pace.await("the dead man's switch does not hear the watchdog",
					() -> this.stack.inboxPage().contains("Watchdog last heard 0 s ago"));
			return;
		}
		this.scenario.breakIt();
		if (this.scenario.isCalm()) {
			Pace.observe(this.scenario.observation());
			return;
		}
		Channel.ALL.forEach((channel) -> this.scenario.expected(channel).forEach((expectation) -> {
			Message message = awaitAlert(expectation, channel, broken);
			this.messages.add(message);
			this.delays.merge(channel, Duration.between(broken, message.receivedAt()), ScenarioRun::longer);
		}));
		// With two signals or components, one message may come before the other alert
		// fires.
		Pace.await("not all alerts fire", () -> {
			List<Map<String, String>> firing = this.stack.firing().toList();
			return this.scenario.expected().stream().allMatch((one) -> firing.stream().anyMatch(one::matches));
		});
		this.scenario.meanwhile().forEach(this.runner);
		Instant restoredAt = Instant.now();
		restore();
		Channel.ALL.forEach((channel) -> this.scenario.expected()
			.stream()
			.collect(Collectors.groupingBy(Expectation::group))
			.values()
			.forEach((expectations) -> {
				Message message = awaitAllClear(expectations, channel, restoredAt);
				this.allClear = longer((this.allClear != null) ? this.allClear : Duration.ZERO,
						Duration.between(restoredAt, message.receivedAt()));
			}));
		Pace.await("alerts still fire", () -> this.stack.firing().noneMatch(this.scenario::causes));
	}

	private static Duration longer(Duration left, Duration right) {
		return (left.compareTo(right) > 0) ? left : right;
	}

	private Message awaitAlert(Expectation expectation, Channel channel, Instant since) {
		return await(
				"%s of %s has not come to %s".formatted(expectation.alert().label(), expectation.subject().name(),
						expectation.recipient(channel)),
				since, (message) -> channel.has(message) && expectation.isIn(message));
	}

	private Message awaitAllClear(List<Expectation> expectations, Channel channel, Instant since) {
		return await(
				"the all-clear of %s has not come by %s"
					.formatted(expectations.stream().map((one) -> one.alert().label()).toList(), channel),
				since,
				(message) -> channel.has(message) && expectations.stream().anyMatch((one) -> one.isAllClear(message)));
	}

	private Message await(String complaint, Instant since, Predicate<Message> wanted) {
		return Waiting.forValue(complaint, Pace.LIMIT,
				() -> this.stack.inbox()
					.all()
					.stream()
					.filter((message) -> message.receivedAt().isAfter(since) && wanted.test(message))
					.findFirst());
	}

	private void restore() {
		this.restored = true;
		this.scenario.restoreIt();
	}

	private void restoreAfterFailure() {
		if (!this.restored) {
			try {
				restore();
			}
			catch (RuntimeException ex) {
				this.wrong.add("It cannot be restored: " + ex.getMessage());
			}
		}
		this.scenario.meanwhile()
			.stream()
			.filter((other) -> !other.row().isDone())
			.forEach((other) -> other.row()
				.complete(ReportRow.notRun(other.name(),
						"It was not run: %s failed before".formatted(this.scenario.name()))));
	}

	private ReportRow row() {
		List<FiringAlert> got = this.stack.firing(this.scenario.began(), Instant.now())
			.stream()
			.filter((alert) -> !this.scenario.isInhibited(alert.labels()))
			.filter((alert) -> this.scenario.causes(alert.labels()) || isUnexplained(alert))
			.toList();
		Set<String> names = got.stream().map(FiringAlert::shortName).collect(Collectors.toCollection(TreeSet::new));
		Set<String> expected = this.scenario.expected()
			.stream()
			.map((one) -> one.alert().label().replace("FlowForge", ""))
			.collect(Collectors.toCollection(TreeSet::new));
		if (!names.equals(expected)) {
			this.wrong.add("The alerts that fired are " + names);
		}
		if (this.scenario.isCalm()) {
			this.stack.inbox()
				.all()
				.stream()
				.filter((message) -> this.scenario.isDuring(message.receivedAt())
						&& this.scenario.isAboutAffected(message))
				.forEach((message) -> this.wrong.add("There was a message: " + message.title()));
		}
		String to = recipients();
		return new ReportRow(this.scenario.name(), String.join(", ", expected), String.join(", ", names),
				severities(got), to, this.delays.get(Channel.SLACK), this.delays.get(Channel.EMAIL), this.allClear,
				this.wrong, List.copyOf(this.messages));
	}

	private String severities(List<FiringAlert> got) {
		Set<String> severities = got.stream()
			.map((alert) -> alert.label("severity"))
			.collect(Collectors.toCollection(LinkedHashSet::new));
		Set<String> expected = this.scenario.expected()
			.stream()
			.map((one) -> one.alert().severity())
			.collect(Collectors.toSet());
		if (!severities.equals(expected)) {
			this.wrong.add("The severity is " + severities);
		}
		return String.join(", ", severities);
	}

	// About a service of this scenario, and caused by no scenario.
	private boolean isUnexplained(FiringAlert alert) {
		return this.scenario.isAboutAffected(alert.labels()) && alert.times()
			.stream()
			.anyMatch((time) -> this.scenario.isDuring(time)
					&& this.all.stream().noneMatch((other) -> other.isDuring(time) && other.causes(alert.labels())));
	}

	private String recipients() {
		if (this.scenario.isByWatchdogOnly()) {
			return "dead man's switch";
		}
		Set<String> expected = this.scenario.expected()
			.stream()
			.flatMap((one) -> one.recipients().stream())
			.collect(Collectors.toCollection(LinkedHashSet::new));
		Set<String> actual = new LinkedHashSet<>();
		for (Message message : this.messages) {
			if (message.channel() != null) {
				actual.add(message.channel());
			}
		}
		this.messages.forEach((message) -> actual.addAll(message.recipients()));
		if (!actual.equals(expected) && this.wrong.isEmpty()) {
			this.wrong.add("The messages went to %s and not to %s".formatted(actual, expected));
		}
		return (actual.size() <= MOST_RECIPIENTS) ? String.join(", ", actual)
				: "%s and %d others".formatted(
						actual.stream().limit(MOST_RECIPIENTS - 1).collect(Collectors.joining(", ")),
						actual.size() - MOST_RECIPIENTS + 1);
	}

}
