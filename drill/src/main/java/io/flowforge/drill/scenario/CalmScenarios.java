package io.flowforge.drill.scenario;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

	Scenario unknownHealth() {
		SampleService inventory = this.stack.inventory();
		FaultSwitch faults = inventory.instance().faults();
		return Scenario.of("a health component is UNKNOWN", inventory).breaks(() -> {
			faults.set("{\"unknownHealth\":true}");
			Pace.observe(Pace.LONGER_THAN_FAST_ALERTS);
			faults.clear();
		});
	}

	// If they counted, a fifth of the requests would fail.
	Scenario drainingInstance() {
		SampleService inventory = this.stack.inventory();
		Sample instance = inventory.instance();
		return Scenario.of("an instance drains, its probes fail", inventory).breaks(() -> {
			instance.faults().set("{\"draining\":true}");
			try (Traffic probes = traffic(instance, "/actuator/health/readiness", 3)) {
				probes.start();
				Pace.observe(Pace.LONGER_THAN_MOST_ALERTS);
			}
			instance.faults().clear();
		});
	}

	// Longer than the limit of 2 s. Those that have waited for less leave.
	Scenario streams() {
		SampleService payments = this.stack.payments();
		Sample instance = payments.instance();
		URI stream = instance.address().resolve("/unusual/stream?length=3s");
		return Scenario.of("streams, and clients that leave them", payments).breaks(() -> {
			try (Traffic staying = traffic(instance, "/unusual/stream?length=3s", 2);
					Traffic leaving = new Traffic(
							() -> Optional.of(HttpRequest.newBuilder(stream).timeout(Duration.ofMillis(500)).build()),
							2)) {
				staying.start();
				leaving.start();
				Pace.observe(Pace.LONGER_THAN_MOST_ALERTS);
			}
		}).observe(Pace.LONGER_THAN_FAST_ALERTS);
	}

	// Three of a hundred requests, where the limit is five: dispatched again, each would
	// count several times.
	Scenario asynchronousTimeOuts() {
		SampleService inventory = this.stack.inventory();
		return Scenario.of("asynchronous time-outs below the limit", inventory).breaks(() -> {
			try (Traffic timeouts = traffic(inventory.instance(), "/unusual/timeout", 0.3)) {
				timeouts.start();
				Pace.observe(Pace.LONGER_THAN_MOST_ALERTS.plus(Pace.LONGER_THAN_FAST_ALERTS));
			}
		});
	}

	private static Traffic traffic(Sample instance, String path, double perSecond) {
		HttpRequest request = Traffic.get(instance.address().resolve(path));
		return new Traffic(() -> Optional.of(request), perSecond);
	}

	private boolean isUp(Sample sample) {
		return this.stack.has("up{instance=~\".*:%d\"} == 1".formatted(sample.port()));
	}

	private boolean isKnown(Sample sample) {
		return this.stack.has("up{instance=~\".*:%d\"}".formatted(sample.port()));
	}

}
