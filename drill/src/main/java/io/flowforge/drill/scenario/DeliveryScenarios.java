package io.flowforge.drill.scenario;

import java.time.Instant;
import java.util.List;

import io.flowforge.drill.backend.AlertmanagerPair;
import io.flowforge.drill.message.Alert;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.message.Subject;
import io.flowforge.drill.server.FaultSwitch;
import io.flowforge.drill.server.Fleet;

/**
 * Scenarios in which something is wrong with the way to people, who must be told all the
 * same.
 */
final class DeliveryScenarios {

	private final ScenarioStack stack;

	DeliveryScenarios(ScenarioStack stack) {
		this.stack = stack;
	}

	// Nobody can notice that Slack is unreachable before there is a message to send.
	Scenario slackUnreachable() {
		SampleService payments = this.stack.payments();
		FaultSwitch faults = payments.instance().faults();
		return Scenario.of("Slack unreachable")
			.expect(Alert.NOTIFICATIONS_FAILING, "integration", "slack")
			.expect(Alert.HEALTH_CHECK_FAILING, payments, "component", "faults")
			.byEmailOnly()
			.breaks(() -> {
				this.stack.cutSlack();
				faults.set("{\"failingHealth\":true}");
			})
			.restores(() -> {
				Instant restored = Instant.now();
				this.stack.restoreSlack();
				awaitInSlack(Subject.STACK, restored);
				awaitInSlack(payments.subject(), restored);
				faults.clear();
			});
	}

	// The platform has a channel of its own, and hears of it there.
	Scenario slackRefusesOneChannel() {
		Subject service = Fleet.SERVICES.get(9);
		return Scenario.of("Slack refuses one channel")
			.expect(Alert.SERVICE_DOWN, service)
			.byEmailOnly()
			.expect(Alert.NOTIFICATIONS_FAILING, "integration", "slack")
			.inhibits(Alert.INSTANCE_DOWN)
			.prepares(this.stack::discoverFleet)
			.breaks(() -> {
				this.stack.slack().refuse(service.channel());
				this.stack.fleet().stop(List.of(service));
			})
			.restores(() -> {
				Instant restored = Instant.now();
				this.stack.slack().refuseNothing();
				awaitInSlack(service, restored);
				this.stack.fleet().restart();
			});
	}

	private void awaitInSlack(Subject subject, Instant since) {
		Pace.await("Slack has not got what it missed in " + subject.channel(),
				() -> this.stack.inbox()
					.all()
					.stream()
					.filter(Message::isSlack)
					.anyMatch((message) -> message.receivedAt().isAfter(since) && subject.isRecipientOf(message)));
	}

	Scenario teamWithoutAddress() {
		Subject service = Fleet.SERVICES.get(Fleet.SERVICES.size() - 1);
		return Scenario.of("a team without an address")
			.expect(Alert.SERVICE_DOWN, service)
			.inhibits(Alert.INSTANCE_DOWN)
			.prepares(this.stack::discoverFleet)
			.breaks(() -> this.stack.fleet().stop(List.of(service)))
			.restores(() -> this.stack.fleet().restart());
	}

	// The first of a pair notifies. Once it is dead, the other one does. That Prometheus
	// cannot reach it either is not worth a message.
	Scenario oneAlertmanagerOfAPairDead() {
		SampleService payments = this.stack.payments();
		FaultSwitch faults = payments.instance().faults();
		AlertmanagerPair[] pair = new AlertmanagerPair[1];
		return Scenario.of("one Alertmanager of a pair dead")
			.byPair()
			.expect(Alert.ALERTMANAGER_DOWN)
			.expect(Alert.HEALTH_CHECK_FAILING, payments, "component", "faults")
			.prepares(() -> pair[0] = this.stack.usePair())
			.breaks(() -> {
				pair[0].first().kill();
				faults.set("{\"failingHealth\":true}");
			})
			.restores(() -> {
				pair[0].restart(pair[0].first());
				faults.clear();
			});
	}

}
