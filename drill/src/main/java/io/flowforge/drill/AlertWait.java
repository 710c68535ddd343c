package io.flowforge.drill;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Message;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.runtime.Prometheus;

/**
 * Waits for alerts of one service and for their messages, with a line that says what is
 * pending meanwhile.
 */
final class AlertWait {

	private final ServiceAlerts alerts;

	private final Deliveries deliveries;

	private final List<Channel> channels;

	private final Terminal terminal;

	private final Stages stages;

	private boolean pending;

	private boolean firing;

	private boolean over;

	/**
	 * Prepare to wait.
	 * @param alerts the alerts of the service
	 * @param deliveries where messages arrive
	 * @param channels the channels in which a message must arrive; without any, the alert
	 * in Prometheus is enough
	 * @param terminal where to show what is pending
	 * @param stages gets what happens
	 */
	AlertWait(ServiceAlerts alerts, Deliveries deliveries, List<Channel> channels, Terminal terminal, Stages stages) {
		this.alerts = alerts;
		this.deliveries = deliveries;
		this.channels = channels;
		this.terminal = terminal;
		this.stages = stages;
	}

	/**
	 * Wait until an alert fires and its message is in every channel.
	 * @param timeout how long
	 * @param known the last message that does not count
	 * @param kind which messages
	 * @param idle what to say while nothing is pending
	 * @return the messages
	 * @throws StackException if that takes too long
	 */
	Map<Channel, Message> firing(Duration timeout, long known, Predicate<Message> kind, Supplier<String> idle) {
		return await("Waiting for an alert", "No alert has arrived", timeout, () -> {
			List<Prometheus.ActiveAlert> active = this.alerts.active();
			noteFiring(active);
			return active.isEmpty() ? idle.get() : ServiceAlerts.describe(active);
		}, () -> messages(known, kind).filter((messages) -> this.firing || !messages.isEmpty()));
	}

	private void noteFiring(List<Prometheus.ActiveAlert> active) {
		if (!this.pending && !active.isEmpty()) {
			this.pending = true;
			this.stages.add("%s is pending".formatted(active.get(0).name()), Instant.now());
		}
		if (!this.firing) {
			active.stream().filter(Prometheus.ActiveAlert::firing).findFirst().ifPresent((alert) -> {
				this.firing = true;
				this.stages.add("%s fires".formatted(alert.name()), Instant.now());
			});
		}
	}

	/**
	 * Wait until no alert fires and the all-clear is in every channel.
	 * @param timeout how long
	 * @param known the last message that does not count
	 * @param kind which messages
	 * @return the messages
	 * @throws StackException if that takes too long
	 */
	Map<Channel, Message> resolved(Duration timeout, long known, Predicate<Message> kind) {
		return await("Waiting for the all-clear", "The all-clear has not arrived", timeout, () -> {
			List<Prometheus.ActiveAlert> firing = this.alerts.active()
				.stream()
				.filter(Prometheus.ActiveAlert::firing)
				.toList();
			if (!this.over && firing.isEmpty()) {
				this.over = true;
				this.stages.add("no alert fires any more", Instant.now());
			}
			else if (!firing.isEmpty()) {
				this.over = false;
			}
			return firing.isEmpty() ? "no alert fires any more" : ServiceAlerts.describe(firing);
		}, () -> messages(known, kind).filter((messages) -> this.over));
	}

	private Optional<Map<Channel, Message>> messages(long known, Predicate<Message> kind) {
		Map<Channel, Message> messages = this.deliveries.firstAfter(known, kind);
		return Optional.of(messages).filter((found) -> found.keySet().containsAll(this.channels));
	}

	private Map<Channel, Message> await(String title, String complaint, Duration timeout, Supplier<String> news,
			Supplier<Optional<Map<Channel, Message>>> source) {
		Terminal.Step step = this.terminal.begin(title, "up to %d s".formatted(timeout.toSeconds()));
		String[] last = new String[1];
		try {
			Map<Channel, Message> messages = Waiting.forValue(complaint, timeout, () -> {
				// A Prometheus that reads its configuration anew may not answer for a
				// moment.
				try {
					last[0] = news.get();
					step.update(last[0]);
					return source.get();
				}
				catch (UncheckedIOException ex) {
					step.update("no answer: " + ex.getMessage());
					return Optional.empty();
				}
			});
			step.done("");
			messages.forEach(
					(channel, message) -> this.stages.add("the message is in " + place(channel), message.receivedAt()));
			return messages;
		}
		catch (StackException ex) {
			step.failed("");
			throw new StackException("%s Last seen: %s.".formatted(ex.getMessage(), last[0]), ex);
		}
	}

	private static String place(Channel channel) {
		return (channel == Channel.SLACK) ? "Slack" : "the mailbox";
	}

}
