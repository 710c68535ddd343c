package io.flowforge.drill.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Message;

/**
 * Compares all alerts and messages of a drill with what its scenarios explain.
 */
final class Accounting {

	private final ScenarioStack stack;

	private final List<Scenario> scenarios;

	private final Instant start;

	Accounting(ScenarioStack stack, List<Scenario> scenarios, Instant start) {
		this.stack = stack;
		this.scenarios = scenarios;
		this.start = start;
	}

	/**
	 * Alerts and messages that no scenario explains.
	 * @return sentences, none if all is well
	 */
	List<String> unexplained() {
		List<String> sentences = new ArrayList<>();
		this.stack.firing(this.start, Instant.now())
			.stream()
			.filter((alert) -> !alert.isWatchdog())
			.forEach((alert) -> alert.times()
				.stream()
				.filter((time) -> this.scenarios.stream()
					.noneMatch((scenario) -> scenario.isDuring(time) && scenario.causes(alert.labels())))
				.findFirst()
				.ifPresent((time) -> sentences.add("No scenario explains %s, which fired %s s after the start"
					.formatted(alert, sinceStart(time)))));
		for (Message message : this.stack.inbox().all()) {
			if (this.scenarios.stream()
				.noneMatch((scenario) -> scenario.isDuring(message.receivedAt()) && scenario.causes(message))) {
				sentences.add("No scenario explains the message \"%s\" by %s, %s s after the start: %s"
					.formatted(message.title(), message.via(), sinceStart(message.receivedAt()), message.text()));
			}
		}
		this.scenarios.stream()
			.filter((scenario) -> !scenario.isCalm())
			.forEach((scenario) -> Channel.ALL.forEach((channel) -> sentences.addAll(tooMany(scenario, channel))));
		return sentences;
	}

	private String sinceStart(Instant time) {
		return ReportRow.seconds(Duration.between(this.start, time));
	}

	// An alert that begins and ends apart from the rest of its group has messages of its
	// own. A message for several services may come before the last of them has failed,
	// and
	// then comes once more.
	private List<String> tooMany(Scenario scenario, Channel channel) {
		List<String> sentences = new ArrayList<>();
		long groups = count(scenario.expected().stream().map(Expectation::group));
		long alerts = count(scenario.expected().stream().map((one) -> one.group() + one.alert() + one.labels()));
		long digests = count(
				scenario.expected().stream().filter((one) -> one.alert().isDigest()).map(Expectation::group));
		Map<String, Long> limits = Map.of("firing", groups + 2 * (alerts - groups) + digests, "resolved", groups);
		List<Message> all = messages(scenario, channel);
		limits.forEach((status, once) -> {
			long limit = once * scenario.mostTimes();
			List<Message> messages = all.stream().filter((message) -> message.status().equals(status)).toList();
			if (messages.size() > limit) {
				sentences.add("%s: there are %d messages \"%s\" by %s, and %d is the limit: %s"
					.formatted(scenario.name(), messages.size(), status, channel, limit, titles(messages)));
			}
		});
		if (scenario.mostTimes() > 1) {
			scenario.expected().forEach((one) -> sentences.addAll(againBeforeItsEnd(scenario, one, all)));
		}
		return sentences;
	}

	// What may be told more than once must have ended in between: two of a pair that tell
	// the same are no pair.
	private List<String> againBeforeItsEnd(Scenario scenario, Expectation expected, List<Message> messages) {
		List<String> sentences = new ArrayList<>();
		Message last = null;
		for (Message message : messages) {
			if (!expected.isIn(message) && !expected.isAllClear(message)) {
				continue;
			}
			if (last != null && last.status().equals(message.status())) {
				sentences.add("%s: a message \"%s\" comes twice in a row: %s".formatted(scenario.name(),
						message.status(), titles(List.of(last, message))));
			}
			last = message;
		}
		return sentences;
	}

	private List<Message> messages(Scenario scenario, Channel channel) {
		return this.stack.inbox()
			.all()
			.stream()
			.filter((message) -> scenario.isDuring(message.receivedAt()) && scenario.causes(message)
					&& channel.has(message) && !message.repeatsResolvedAlerts())
			.toList();
	}

	private String titles(List<Message> messages) {
		return messages.stream()
			.map((message) -> "\"%s\" %s s after the start".formatted(message.title(),
					sinceStart(message.receivedAt())))
			.collect(Collectors.joining(", "));
	}

	private static long count(Stream<String> names) {
		return names.distinct().count();
	}

}
