package io.flowforge.drill.scenario;

import java.time.Duration;
import java.time.Instant;

import io.flowforge.drill.message.Alert;
import io.flowforge.drill.server.FaultSwitch;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;

/**
 * Scenarios in which nobody must get an alert.
 */
final class CalmScenarios {

	private final ScenarioStack stack;

	CalmScenarios(ScenarioStack stack) {
		this.stack = stack;
	}

	// Afterwards Prometheus no longer repeats resolved alerts, as it does for a quarter
	// of
	// an hour, so that they are in no message of the scenarios that follow.
	Scenario prometheusRestarts() {
		return restart("Prometheus restarts", this.stack::restartPrometheus, Alert.WATCHDOG);
	}

	Scenario prometheusRestartsDuring(Alert firing) {
		return restart("Prometheus restarts while an alert fires", this.stack::restartPrometheus, firing);
	}

	Scenario alertmanagerRestartsDuring(Alert firing) {
		return restart("Alertmanager restarts while an alert fires", this.stack::restartAlertmanager, firing);
	}

	private Scenario restart(String name, Runnable restart, Alert firing) {
		return Scenario.of(name, this.stack.services().toArray(SampleService[]::new)).breaks(() -> {
			restart.run();
			Instant restarted = Instant.now();
			Pace.await("Alertmanager has not got the alert again",
					() -> this.stack.alerts()
						.anyMatch((alert) -> alert.at("/labels/alertname").asString("").equals(firing.label())
								&& Instant.parse(alert.path("updatedAt").asString("")).isAfter(restarted)));
			Pace.await("the alert does not fire",
					() -> this.stack.firing().anyMatch((labels) -> firing.label().equals(labels.get("alertname"))));
		}).observe(Pace.LONGER_THAN_FAST_ALERTS);
	}

	// By the time an alert about errors fires, it is long over.
	Scenario outageThatIsOver() {
		SampleService basket = this.stack.basket();
		FaultSwitch faults = basket.instance().faults();
		return Scenario.of("a minute of nothing but failures", basket).breaks(() -> {
			faults.set("{\"errorRatio\":1}");
			Pace.observe(Pace.scaled(Duration.ofMinutes(1)));
			faults.clear();
			Pace.await("The failures were not noticed", () -> this.stack
				.has("flowforge:http_error_ratio:rate5m{application=\"%s\"} > 0.05".formatted(basket.name())));
		}).observe(Pace.LONGER_THAN_MOST_ALERTS.plus(Pace.LONGER_THAN_FAST_ALERTS));
	}

	// With so few requests one failure is a large share, and the second one comes before
	// the first has left the window of five minutes.
	Scenario failuresAtNight() {
		SampleService payments = this.stack.payments();
		return Scenario.of("one failed request now and then at night", payments).breaks(() -> {
			payments.traffic().pace(0.4);
			Pace.await("The request rate has not fallen", () -> this.stack
				.has("flowforge:http_requests:rate5m{application=\"%s\"} < 0.8".formatted(payments.name())));
			failOnce(payments);
			Pace.observe(Pace.scaled(Duration.ofMinutes(3)));
			failOnce(payments);
		}).observe(Pace.LONGER_THAN_MOST_ALERTS);
	}

	private static void failOnce(SampleService service) {
		FaultSwitch faults = service.instance().faults();
		faults.set("{\"errorRatio\":1}");
		Traffic.send(ScenarioServices.lookUp(service.instance()));
		faults.clear();
	}

	Scenario rollingDeploy() {
		SampleService orders = this.stack.orders();
		return Scenario.of("rolling deploy", orders).breaks(() -> {
			for (Sample old : orders.instances()) {
				Sample fresh = orders.launch();
				orders.replace(old, fresh);
				Pace.await("Prometheus does not scrape the new instance instead of the old one",
						() -> isUp(fresh) && !isKnown(old));
				old.close();
			}
		}).observe(Pace.LONGER_THAN_FAST_ALERTS);
	}

	Scenario scrapeGap() {
		SampleService inventory = this.stack.inventory();
		return Scenario.of("scrape gap", inventory).breaks(() -> {
			inventory.instance().freeze();
			try {
				Pace.await("No scrape has failed", () -> isKnown(inventory.instance()) && !isUp(inventory.instance()));
			}
			finally {
				inventory.instance().thaw();
			}
			Pace.await("No scrape has succeeded", () -> isUp(inventory.instance()));
		}).observe(Pace.LONGER_THAN_FAST_ALERTS);
	}

	Scenario loadPeak() {
		Traffic traffic = this.stack.payments().traffic();
		return Scenario.of("load peak without errors", this.stack.payments()).breaks(() -> {
			traffic.pace(150);
			Pace.observe(Pace.LONGER_THAN_MOST_ALERTS);
			traffic.pace(30);
		});
	}

	// For four minutes the budget burns 30 times as fast as it may.
	Scenario spike() {
		FaultSwitch payments = this.stack.payments().instance().faults();
		return Scenario.of("four minutes of a few errors", this.stack.payments()).breaks(() -> {
			payments.set("{\"errorRatio\":0.03}");
			Pace.observe(Pace.scaled(Duration.ofMinutes(4)));
			payments.clear();
		}).observe(Pace.LONGER_THAN_FAST_ALERTS);
	}

	private boolean isUp(Sample sample) {
		return this.stack.has("up{instance=~\".*:%d\"} == 1".formatted(sample.port()));
	}

	private boolean isKnown(Sample sample) {
		return this.stack.has("up{instance=~\".*:%d\"}".formatted(sample.port()));
	}

}
