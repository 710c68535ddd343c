package io.flowforge.drill.scenario;

import java.util.List;
import java.util.stream.IntStream;

import io.flowforge.drill.message.Alert;
import io.flowforge.drill.message.Subject;
import io.flowforge.drill.server.FaultSwitch;
import io.flowforge.drill.server.Fleet;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;

/**
 * Scenarios in which an owner must get an alert.
 */
final class FaultScenarios {

	/** Left out where there is no Collector. */
	static final String COLLECTOR_DOWN = "collector down";

	private final ScenarioStack stack;

	FaultScenarios(ScenarioStack stack) {
		this.stack = stack;
	}

	Scenario burst() {
		SampleService basket = this.stack.basket();
		return Scenario.of("5xx burst")
			.expect(Alert.HIGH_ERROR_RATIO, basket)
			.breaks(() -> basket.instance().faults().set("{\"errorRatio\":0.5}"))
			.restores(() -> basket.instance().faults().clear());
	}

	Scenario slowDependency() {
		SampleService basket = this.stack.basket();
		FaultSwitch inventory = this.stack.inventory().instance().faults();
		return Scenario.of("slow dependency").expect(Alert.HIGH_LATENCY, basket).breaks(() -> {
			inventory.set("{\"latency\":\"3s\"}");
			basket.ask((sample) -> Traffic.order(sample.address()));
		}).restores(() -> {
			basket.ask(ScenarioServices::lookUp);
			inventory.clear();
		});
	}

	Scenario databaseDown() {
		SampleService inventory = this.stack.inventory();
		return Scenario.of("database down")
			.expect(Alert.HEALTH_CHECK_FAILING, inventory, "component", "db")
			.expect(Alert.HIGH_ERROR_RATIO, inventory)
			.breaks(() -> this.stack.database().kill())
			.restores(() -> this.stack.database().restart());
	}

	// What services lose meanwhile is no news for their owners.
	Scenario collectorDown(OtelCollector collector) {
		return Scenario.of(COLLECTOR_DOWN, this.stack.inventory())
			.expect(Alert.COLLECTOR_DOWN)
			.inhibits(Alert.TELEMETRY_LOST)
			.breaks(collector::kill)
			.restores(collector::restart);
	}

	Scenario instanceKilled() {
		SampleService orders = this.stack.orders();
		Replacement replacement = new Replacement(orders, 1);
		return Scenario.of("instance killed")
			.expect(Alert.INSTANCE_DOWN, orders)
			.breaks(replacement::kill)
			.restores(replacement::use);
	}

	Scenario allInstancesKilled() {
		SampleService orders = this.stack.orders();
		Replacement replacement = new Replacement(orders, 3);
		return Scenario.of("all instances killed")
			.expect(Alert.SERVICE_DOWN, orders)
			.inhibits(Alert.INSTANCE_DOWN)
			.breaks(replacement::kill)
			.restores(replacement::use);
	}

	Scenario crashLoop() {
		SampleService inventory = this.stack.inventory();
		CrashLoop loop = new CrashLoop(this.stack, inventory);
		return Scenario.of("crash loop")
			.expect(Alert.RESTART_LOOP, inventory)
			.prepares(loop::prepare)
			.breaks(loop::crash);
	}

	Scenario removedFromDiscovery() {
		SampleService basket = this.stack.basket();
		return Scenario.of("service removed from discovery")
			.expect(Alert.SERVICE_VANISHED, basket)
			.breaks(basket::hide)
			.restores(() -> basket.use(basket.instances()));
	}

	Scenario badDeploy() {
		SampleService orders = this.stack.orders();
		FaultSwitch third = orders.instances().get(2).faults();
		return Scenario.of("bad deploy on one of three instances")
			.expect(Alert.HIGH_ERROR_RATIO, orders)
			.breaks(() -> third.set("{\"errorRatio\":1}"))
			.restores(third::clear);
	}

	// Each time for less than a minute, which the alert on a failing check waits for.
	Scenario flappingComponent() {
		SampleService basket = this.stack.basket();
		Sample instance = basket.instance();
		return Scenario.of("flapping health component")
			.expect(Alert.HEALTH_CHECK_FLAPPING, basket, "component", "faults")
			.inhibits(Alert.HEALTH_CHECK_FAILING)
			.breaks(() -> {
				for (int i = 0; i < 3; i++) {
					flap(instance, "{\"failingHealth\":true}", 0);
					flap(instance, "{}", 1);
				}
			});
	}

	private void flap(Sample instance, String faults, int health) {
		instance.faults().set(faults);
		Pace.await("Prometheus does not see the health component change",
				() -> this.stack.has("flowforge_health_up{component=\"faults\",instance=~\".*:%d\"} == %d"
					.formatted(instance.port(), health)));
	}

	// The slow one has Micrometer's metrics only, with other buckets, as an older version
	// has.
	Scenario mixedFleet() {
		SampleService orders = this.stack.orders();
		Sample[] slow = new Sample[1];
		return Scenario.of("one of three is slow, and exports other metrics")
			.expect(Alert.HIGH_LATENCY, orders)
			.prepares(() -> slow[0] = orders.launch("--management.metrics.enable.flowforge.http=false",
					"--management.metrics.distribution.slo.http.server.requests=1s,5s"))
			.breaks(() -> {
				orders.replace(orders.instances().get(0), slow[0]);
				slow[0].faults().set("{\"latency\":\"3s\"}");
			})
			.restores(() -> slow[0].faults().clear());
	}

	// Fewer errors than the limit of 5 %, and 30 times as many as the objective allows.
	Scenario budgetBurn() {
		FaultSwitch payments = this.stack.payments().instance().faults();
		return Scenario.of("error budget burning")
			.expect(Alert.ERROR_BUDGET_BURN, this.stack.payments())
			.breaks(() -> payments.set("{\"errorRatio\":0.03}"))
			.restores(payments::clear);
	}

	// The rule is valid. It fails only with data, when more than one row matches.
	Scenario brokenRule() {
		return Scenario.of("broken rule file")
			.expect(Alert.RULE_EVALUATION_FAILING)
			.breaks(() -> this.stack.addRules("""
					groups:
					  - name: drill
					    rules:
					      - record: drill:broken
					        expr: up * on (job) up
					"""))
			.restores(() -> this.stack.addRules("groups: []\n"));
	}

	// The watchdog never goes to people: the dead man's switch reports its absence.
	Scenario watchdog() {
		return Scenario.of("all is well").byWatchdogOnly().expect(Alert.WATCHDOG);
	}

	/**
	 * A health check fails.
	 * @param meanwhile what happens while that alert fires
	 * @return the scenario
	 */
	Scenario failingHealth(Scenario... meanwhile) {
		SampleService orders = this.stack.orders();
		return Scenario.of("health check failing")
			.expect(Alert.HEALTH_CHECK_FAILING, orders, "component", "faults")
			.breaks(() -> orders.instance().faults().set("{\"failingHealth\":true}"))
			.meanwhile(meanwhile)
			.restores(() -> orders.instance().faults().clear());
	}

	// Each of five teams keeps two of its ten: those that other scenarios stop. Three
	// times
	// would be flapping.
	Scenario fortyOfFiftyDown() {
		List<Subject> services = IntStream.range(0, 50)
			.filter((index) -> index % 10 < 8)
			.mapToObj(Fleet.SERVICES::get)
			.toList();
		Scenario scenario = Scenario.of("40 of 50 services down");
		services.forEach((service) -> scenario.expect(Alert.SERVICE_DOWN_AMONG_MANY, service));
		return scenario.expect(Alert.MANY_SERVICES_DOWN, "environment", "storm")
			.inhibits(Alert.SERVICE_DOWN)
			.inhibits(Alert.INSTANCE_DOWN)
			.prepares(this.stack::discoverFleet)
			.breaks(() -> this.stack.fleet().stop(services))
			.restores(() -> this.stack.fleet().restart());
	}

}
