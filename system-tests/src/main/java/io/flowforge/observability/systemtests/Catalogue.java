package io.flowforge.observability.systemtests;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * What can happen, and what must come of it. Exercises on different services go on side
 * by side, each in its lane.
 */
final class Catalogue {

	/**
	 * Left out where there is no Collector.
	 */
	static final String COLLECTOR_DOWN = "collector down";

	private static final Duration LIMIT = Duration.ofMinutes(2);

	/**
	 * As long as an alert that a passing trouble might raise would need to be seen: the
	 * `for` of most alerts, 5 minutes, and a bit.
	 */
	private static final Duration FOR = Duration.ofSeconds(5 * 60 / AssembledConfiguration.FACTOR + 2);

	/**
	 * The same for alerts with a `for` of one or two minutes.
	 */
	private static final Duration SHORT_FOR = Duration.ofSeconds(2 * 60 / AssembledConfiguration.FACTOR + 2);

	private final RunningStack stack;

	private final List<List<Exercise>> lanes;

	private final List<Exercise> alone;

	Catalogue(RunningStack stack) {
		this.stack = stack;
		Exercise slowDependency = slowDependency();
		this.lanes = List.of(List.of(badDeploy(), instanceKilled(), allInstancesKilled(), rollingDeploy()),
				Stream
					.concat(stack.collector().map(this::collectorDown).stream(),
							Stream.of(databaseDown().after(slowDependency), scrapeGap()))
					.toList(),
				List.of(slowDependency, burst(), removedFromDiscovery()),
				List.of(budgetBurn(), loadPeak(), spike(), failuresAtNight()), List.of(brokenRule(), watchdog()));
		this.alone = List.of(quietRestart(), failingHealth(), slackUnreachable());
	}

	/**
	 * Exercises that go on side by side: those of one list, one after the other.
	 * @return the lanes
	 */
	List<List<Exercise>> lanes() {
		return this.lanes;
	}

	/**
	 * Exercises that stop what all others need, and so come last and alone.
	 * @return exercises, one after the other
	 */
	List<Exercise> alone() {
		return this.alone;
	}

	/**
	 * All exercises, faults first.
	 * @return exercises
	 */
	List<Exercise> all() {
		return Stream.concat(this.lanes.stream().flatMap(List::stream), this.alone.stream())
			.flatMap(Exercise::all)
			.sorted(Comparator.comparing(Exercise::isCalm))
			.toList();
	}

	// --- Faults ---------------------------------------------------------------------

	private Exercise burst() {
		SampleService basket = this.stack.basket();
		return Exercise.of("5xx burst")
			.expect(Alert.HIGH_ERROR_RATIO, basket)
			.breaks(() -> basket.instance().faults().set("{\"errorRatio\":0.5}"))
			.heals(() -> basket.instance().faults().heal());
	}

	private Exercise slowDependency() {
		SampleService basket = this.stack.basket();
		FaultSwitch inventory = this.stack.inventory().instance().faults();
		return Exercise.of("slow dependency").expect(Alert.HIGH_LATENCY, basket).breaks(() -> {
			inventory.set("{\"latency\":\"3s\"}");
			basket.ask((sample) -> Traffic.order(sample.address()));
		}).heals(() -> {
			basket.ask(RunningStack::lookUp);
			inventory.heal();
		});
	}

	private Exercise databaseDown() {
		SampleService inventory = this.stack.inventory();
		return Exercise.of("database down")
			.expect(Alert.HEALTH_CHECK_FAILING, inventory, "component", "db")
			.expect(Alert.HIGH_ERROR_RATIO, inventory)
			.breaks(() -> this.stack.database().kill())
			.heals(() -> this.stack.database().restart());
	}

	private Exercise collectorDown(CollectorProcess collector) {
		SampleService inventory = this.stack.inventory();
		return Exercise.of(COLLECTOR_DOWN)
			.expect(Alert.TELEMETRY_LOST, inventory, "signal", "traces")
			.expect(Alert.TELEMETRY_LOST, inventory, "signal", "logs")
			.breaks(collector::kill)
			.heals(collector::restart);
	}

	private Exercise instanceKilled() {
		SampleService orders = this.stack.orders();
		Replacement replacement = new Replacement(orders, 1);
		return Exercise.of("instance killed")
			.expect(Alert.INSTANCE_DOWN, orders)
			.breaks(replacement::kill)
			.heals(replacement::use);
	}

	private Exercise allInstancesKilled() {
		SampleService orders = this.stack.orders();
		Replacement replacement = new Replacement(orders, 3);
		return Exercise.of("all instances killed")
			.expect(Alert.SERVICE_DOWN, orders)
			.inhibits(Alert.INSTANCE_DOWN)
			.breaks(replacement::kill)
			.heals(replacement::use);
	}

	private Exercise removedFromDiscovery() {
		SampleService basket = this.stack.basket();
		return Exercise.of("service removed from discovery")
			.expect(Alert.SERVICE_VANISHED, basket)
			.breaks(basket::hide)
			.heals(() -> basket.use(basket.instances()));
	}

	private Exercise badDeploy() {
		SampleService orders = this.stack.orders();
		FaultSwitch third = orders.instances().get(2).faults();
		return Exercise.of("bad deploy on one of three instances")
			.expect(Alert.HIGH_ERROR_RATIO, orders)
			.breaks(() -> third.set("{\"errorRatio\":1}"))
			.heals(third::heal);
	}

	// Below the limit of 5 % for errors, and 30 times as many as the objective allows.
	private Exercise budgetBurn() {
		FaultSwitch payments = this.stack.payments().instance().faults();
		return Exercise.of("error budget burning")
			.expect(Alert.ERROR_BUDGET_BURN, this.stack.payments())
			.breaks(() -> payments.set("{\"errorRatio\":0.03}"))
			.heals(payments::heal);
	}

	// Correct to look at; only with data can it be seen that more than one row matches.
	private Exercise brokenRule() {
		return Exercise.of("broken rule file")
			.expect(Alert.RULE_EVALUATION_FAILING)
			.breaks(() -> this.stack.addRules("""
					groups:
					  - name: drill
					    rules:
					      - record: drill:broken
					        expr: up * on (job) up
					"""))
			.heals(() -> this.stack.addRules("groups: []\n"));
	}

	// It comes again and again; a silence of longer than that is for the switch to tell.
	private Exercise watchdog() {
		return Exercise.of("all is well").byTheSwitchOnly().expect(Alert.WATCHDOG);
	}

	private Exercise failingHealth() {
		SampleService orders = this.stack.orders();
		return Exercise.of("health check failing")
			.expect(Alert.HEALTH_CHECK_FAILING, orders, "component", "faults")
			.breaks(() -> orders.instance().faults().set("{\"failingHealth\":true}"))
			.meanwhile(
					restart("Prometheus restarts while an alert fires", this.stack::restartPrometheus,
							Alert.HEALTH_CHECK_FAILING),
					restart("Alertmanager restarts while an alert fires", this.stack::restartAlertmanager,
							Alert.HEALTH_CHECK_FAILING))
			.heals(() -> orders.instance().faults().heal());
	}

	// There must be something to say before anybody can notice that Slack is not there.
	private Exercise slackUnreachable() {
		SampleService payments = this.stack.payments();
		FaultSwitch faults = payments.instance().faults();
		return Exercise.of("Slack unreachable")
			.expect(Alert.NOTIFICATIONS_FAILING, "integration", "slack")
			.expect(Alert.HEALTH_CHECK_FAILING, payments, "component", "faults")
			.byEmailOnly()
			.breaks(() -> {
				this.stack.cutSlack();
				faults.set("{\"failingHealth\":true}");
			})
			.heals(() -> {
				Instant mended = Instant.now();
				this.stack.mendSlack();
				await("Slack getting what it has missed",
						() -> this.stack.inbox()
							.all()
							.stream()
							.filter((message) -> message.isSlack() && message.receivedAt().isAfter(mended))
							.map(Message::title)
							.distinct()
							.count() == 2);
				faults.heal();
			});
	}

	// --- Calm -----------------------------------------------------------------------

	// Prometheus, which goes on telling of alerts that are over for a quarter of an hour,
	// forgets them here: what comes next is not repeated because of them.
	private Exercise quietRestart() {
		return restart("Prometheus restarts", this.stack::restartPrometheus, Alert.WATCHDOG);
	}

	private Exercise restart(String name, Runnable restart, Alert firing) {
		return Exercise.of(name, this.stack.services().toArray(SampleService[]::new)).breaks(() -> {
			restart.run();
			Instant restarted = Instant.now();
			await("Alertmanager hearing of the alert again",
					() -> this.stack.alerts()
						.anyMatch((alert) -> is(firing, alert.path("labels"))
								&& Instant.parse(alert.path("updatedAt").asString("")).isAfter(restarted)));
			await("the alert firing", () -> this.stack.query("ALERTS{alertstate=\"firing\"}")
				.anyMatch((alert) -> is(firing, alert.path("metric"))));
		}).watch(SHORT_FOR);
	}

	private static boolean is(Alert alert, JsonNode labels) {
		return alert.label().equals(labels.path("alertname").asString(""));
	}

	// There is hardly anything else, so one failure is a large share; and before it has
	// left the window of five minutes, there is another one.
	private Exercise failuresAtNight() {
		SampleService payments = this.stack.payments();
		return Exercise.of("one failed request now and then at night", payments).breaks(() -> {
			payments.traffic().pace(0.4);
			await("the night",
					() -> this.stack
						.query("flowforge:http_requests:rate5m{application=\"%s\"} < 0.8".formatted(payments.name()))
						.findAny()
						.isPresent());
			failOnce(payments);
			FireDrill.watch(Duration.ofSeconds(3 * 60 / AssembledConfiguration.FACTOR));
			failOnce(payments);
		}).watch(FOR);
	}

	private static void failOnce(SampleService service) {
		FaultSwitch faults = service.instance().faults();
		faults.set("{\"errorRatio\":1}");
		Http.CLIENT.sendAsync(RunningStack.lookUp(service.instance()), HttpResponse.BodyHandlers.discarding()).join();
		faults.heal();
	}

	private Exercise rollingDeploy() {
		SampleService orders = this.stack.orders();
		return Exercise.of("rolling deploy", orders).breaks(() -> {
			for (Sample old : orders.instances()) {
				Sample fresh = orders.launch();
				orders.replace(old, fresh);
				await("Prometheus watching the new instance instead of the old one",
						() -> isUp(fresh) && !isKnown(old));
				old.close();
			}
		}).watch(SHORT_FOR);
	}

	private Exercise scrapeGap() {
		SampleService inventory = this.stack.inventory();
		return Exercise.of("scrape gap", inventory).breaks(() -> {
			inventory.instance().freeze();
			try {
				await("a failed scrape", () -> isKnown(inventory.instance()) && !isUp(inventory.instance()));
			}
			finally {
				inventory.instance().thaw();
			}
			await("a scrape", () -> isUp(inventory.instance()));
		}).watch(SHORT_FOR);
	}

	private Exercise loadPeak() {
		Traffic traffic = this.stack.payments().traffic();
		return Exercise.of("load peak without errors", this.stack.payments()).breaks(() -> {
			traffic.pace(150);
			FireDrill.watch(FOR);
			traffic.pace(30);
		});
	}

	// Four minutes, in which the budget burns 30 times as fast as it may.
	private Exercise spike() {
		FaultSwitch payments = this.stack.payments().instance().faults();
		return Exercise.of("four minutes of a few errors", this.stack.payments()).breaks(() -> {
			payments.set("{\"errorRatio\":0.03}");
			FireDrill.watch(Duration.ofSeconds(4 * 60 / AssembledConfiguration.FACTOR));
			payments.heal();
		}).watch(SHORT_FOR);
	}

	private boolean isUp(Sample sample) {
		return this.stack.query("up{instance=~\".*:%d\"} == 1".formatted(sample.port())).findAny().isPresent();
	}

	private boolean isKnown(Sample sample) {
		return this.stack.query("up{instance=~\".*:%d\"}".formatted(sample.port())).findAny().isPresent();
	}

	private static void inThread(Runnable work) {
		Thread thread = new Thread(work, "launch");
		thread.setDaemon(true);
		thread.start();
	}

	private static void await(String what, BooleanSupplier condition) {
		Waiting.until(what, LIMIT, () -> Optional.of(true).filter((yes) -> condition.getAsBoolean()), Waiting.SILENTLY);
	}

	/**
	 * Instances that are killed, and others that take their place. These start at once,
	 * but nobody knows of them until they are put to use.
	 */
	private static final class Replacement {

		private final SampleService service;

		private final int instances;

		private List<Sample> left = List.of();

		private List<CompletableFuture<Sample>> fresh = List.of();

		Replacement(SampleService service, int instances) {
			this.service = service;
			this.instances = instances;
		}

		void kill() {
			List<Sample> all = this.service.instances();
			this.left = all.subList(this.instances, all.size());
			this.service.balance(this.left);
			all.subList(0, this.instances).forEach(Sample::kill);
			this.fresh = Stream.generate(() -> CompletableFuture.supplyAsync(this.service::launch, Catalogue::inThread))
				.limit(this.instances)
				.toList();
		}

		void use() {
			this.service
				.use(Stream.concat(this.left.stream(), this.fresh.stream().map(CompletableFuture::join)).toList());
		}

	}

}
