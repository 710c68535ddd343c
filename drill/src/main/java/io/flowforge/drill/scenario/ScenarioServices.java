package io.flowforge.drill.scenario;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.message.Subject;
import io.flowforge.drill.server.Database;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;
import io.flowforge.drill.server.Workspace;

/**
 * The four services of the scenarios, all made of the two samples.
 */
final class ScenarioServices implements AutoCloseable {

	/**
	 * Rates per second do not shrink with time, so the limit is 20 times the usual one.
	 */
	private static final String MIN_REQUEST_RATE = "--flowforge.observability.alerts.min-request-rate="
			+ 0.05 * BackendConfiguration.SPEED.factor();

	private final Workspace workspace;

	private final Optional<OtelCollector> collector;

	private final BiConsumer<SampleService, Collection<Sample>> discovery;

	private final List<SampleService> all = new ArrayList<>();

	private final SampleService orders;

	private final SampleService inventory;

	private final SampleService payments;

	private final SampleService basket;

	/**
	 * Describe the services. None of them runs yet.
	 * @param workspace where they run
	 * @param database the database of inventory-service
	 * @param collector where inventory-service sends its telemetry, if there is one
	 * @param discovery makes the instances of a service targets of Prometheus
	 */
	ScenarioServices(Workspace workspace, Database database, Optional<OtelCollector> collector,
			BiConsumer<SampleService, Collection<Sample>> discovery) {
		this.workspace = workspace;
		this.collector = collector;
		this.discovery = discovery;
		this.inventory = service("inventory-service", "inventory-service", "warehouse", 10,
				(sample) -> Traffic.get(sample.address().resolve("/stock/A-100")),
				// A slow inventory is noticed by the service that waits for it, not here.
				"--flowforge.observability.alerts.latency-p99=5s", "--spring.datasource.url=" + database.url(),
				// Requests do not wait half a minute for a database that is down.
				"--spring.datasource.hikari.connection-timeout=500",
				"--spring.datasource.hikari.validation-timeout=250",
				// The pool notices a lost connection to H2 only by using it.
				"-Dcom.zaxxer.hikari.aliveBypassWindowMs=0");
		this.orders = service("orders-service", "orders-service", "checkout", 20, ScenarioServices::lookUp,
				"--flowforge.observability.alerts.error-ratio=10%");
		this.payments = service("orders-service", "payments-service", "billing", 30, ScenarioServices::lookUp,
				"--flowforge.observability.alerts.slo-objective=99.9%");
		this.basket = service("orders-service", "basket-service", "basket", 20, ScenarioServices::lookUp,
				"--flowforge.observability.alerts.latency-p99=1500ms", "--spring.http.clients.read-timeout=8s");
	}

	// Answered with 404, which is a mistake of the client and not of the service.
	static HttpRequest lookUp(Sample sample) {
		return Traffic.get(sample.address().resolve("/orders/none"));
	}

	private SampleService service(String sample, String name, String team, int perSecond,
			Function<Sample, HttpRequest> request, String... arguments) {
		Subject subject = new Subject(name, team, "#" + team + "-alerts", team + "@flowforge.example");
		List<String> all = new ArrayList<>(
				List.of("--spring.application.name=" + name, "--flowforge.observability.service.team=" + team,
						"--flowforge.observability.alerts.slack-channel=" + subject.channel(),
						"--flowforge.observability.health.interval=500ms", MIN_REQUEST_RATE));
		boolean sends = name.equals("inventory-service") && this.collector.isPresent();
		all.addAll(sends ? List.of("--flowforge.observability.otlp.endpoint=" + this.collector.get().endpoint()) : List
			.of("--management.tracing.export.otlp.enabled=false", "--management.logging.export.otlp.enabled=false"));
		all.addAll(List.of(arguments));
		SampleService[] service = new SampleService[1];
		service[0] = new SampleService(subject, (number, further) -> {
			List<String> more = new ArrayList<>(all);
			more.addAll(further);
			if (name.equals("basket-service")) {
				more.add("--orders.inventory-url=" + this.inventory.instance().address());
			}
			return Sample.start(this.workspace, sample, name + "-" + number, more);
		}, (instances) -> this.discovery.accept(service[0], instances), request, perSecond);
		this.all.add(service[0]);
		return service[0];
	}

	/**
	 * Start all services and their traffic, and wait until every instance is healthy.
	 * @param starters threads that start instances
	 */
	void start(Executor starters) {
		CompletableFuture<List<Sample>> inventories = start(starters, 1, this.inventory);
		CompletableFuture<List<Sample>> ordersInstances = start(starters, 3, this.orders);
		CompletableFuture<List<Sample>> paymentsInstances = start(starters, 1, this.payments);
		this.inventory.balance(inventories.join());
		// It needs the address of the inventory.
		CompletableFuture<List<Sample>> baskets = start(starters, 1, this.basket);
		this.orders.balance(ordersInstances.join());
		this.payments.balance(paymentsInstances.join());
		this.basket.balance(baskets.join());
		this.all.forEach((service) -> service.traffic().start());
	}

	private static CompletableFuture<List<Sample>> start(Executor starters, int instances, SampleService service) {
		List<CompletableFuture<Sample>> starting = IntStream.range(0, instances)
			.mapToObj((number) -> CompletableFuture.supplyAsync(service::launch, starters))
			.toList();
		return CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new))
			.thenApply((done) -> starting.stream().map(CompletableFuture::join).toList());
	}

	SampleService orders() {
		return this.orders;
	}

	SampleService inventory() {
		return this.inventory;
	}

	SampleService payments() {
		return this.payments;
	}

	SampleService basket() {
		return this.basket;
	}

	Stream<SampleService> all() {
		return this.all.stream();
	}

	@Override
	public void close() {
		this.all.forEach(SampleService::close);
	}

}
