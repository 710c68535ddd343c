package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services under traffic, inbox, Prometheus and Alertmanager, wired together; and what
 * can be done to them. Time runs 20 times as fast.
 */
final class RunningStack implements AutoCloseable {

	/**
	 * More at a time would only wait for each other.
	 */
	private static final int STARTS_AT_A_TIME = 4;

	/**
	 * After a restart, Prometheus needs five seconds to discover Alertmanager, however
	 * fast time runs. An alert that it keeps up must be believed for longer than that.
	 */
	private static final String RESEND_DELAY = "5s";

	private static final Duration START_LIMIT = Duration.ofMinutes(1);

	/**
	 * Limits per second do not shrink with time: 20 times as many make up for it.
	 */
	private static final String MIN_REQUEST_RATE = "--flowforge.observability.alerts.min-request-rate="
			+ 0.05 * AssembledConfiguration.FACTOR;

	private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();

	private final Path folder;

	private final Backends backends;

	private final AssembledConfiguration configuration;

	private final Database database;

	private final Optional<CollectorProcess> collector;

	private final SampleService orders;

	private final SampleService inventory;

	private final SampleService payments;

	private final SampleService basket;

	private final URI inboxAddress;

	private final Inbox inbox;

	private final URI alertmanager;

	private @Nullable URI prometheus;

	/**
	 * Start everything.
	 * @param folder where to keep what the parts need
	 * @param log is told how it goes
	 */
	RunningStack(Path folder, Consumer<String> log) {
		this.folder = folder;
		ExecutorService starters = Executors.newFixedThreadPool(STARTS_AT_A_TIME, (work) -> {
			Thread thread = new Thread(work, "starter");
			thread.setDaemon(true);
			return thread;
		});
		try {
			this.backends = started(Backends.choose());
			log.accept("Prometheus and Alertmanager run as " + this.backends.kind());
			this.configuration = new AssembledConfiguration(folder);
			int smtpPort = Server.freePort();
			CompletableFuture<Sample> alertInbox = start(starters, () -> started(
					new Sample("alert-inbox", folder, this.backends.bindAddress(), "--inbox.smtp.port=" + smtpPort)));
			this.database = started(new Database(folder));
			// With nobody to deliver to, which is what no alert is about.
			this.collector = CollectorProcess
				.start(folder, this.backends.bindAddress(), "COLLECTOR_TRACES_EXPORTER=nop",
						"COLLECTOR_LOGS_EXPORTER=nop")
				.map(this::started);
			if (this.collector.isEmpty()) {
				log.accept(
						"There is no OpenTelemetry Collector, and no exercise with it: 'stack/collector' builds one.");
			}
			this.inventory = service("inventory-service", "inventory-service", "warehouse", 10,
					(sample) -> Traffic.get(sample.address().resolve("/stock/A-100")),
					// The cause is to be found where it is: with those who are slow, not
					// here.
					"--flowforge.observability.alerts.latency-p99=5s", "--spring.datasource.url=" + this.database.url(),
					// A request does not wait for half a minute for a database that is
					// gone.
					"--spring.datasource.hikari.connection-timeout=500",
					"--spring.datasource.hikari.validation-timeout=250",
					// Of a connection to H2 that is lost, the pool learns only by asking.
					"-Dcom.zaxxer.hikari.aliveBypassWindowMs=0");
			this.orders = service("orders-service", "orders-service", "checkout", 20, RunningStack::lookUp,
					"--flowforge.observability.alerts.error-ratio=10%");
			this.payments = service("orders-service", "payments-service", "billing", 30, RunningStack::lookUp,
					"--flowforge.observability.alerts.slo-objective=99.9%");
			CompletableFuture<List<Sample>> inventories = start(starters, 1, this.inventory);
			CompletableFuture<List<Sample>> ordersInstances = start(starters, 3, this.orders);
			CompletableFuture<List<Sample>> paymentsInstances = start(starters, 1, this.payments);
			this.inventory.balance(inventories.join());
			this.basket = service("orders-service", "basket-service", "basket", 20, RunningStack::lookUp,
					"--flowforge.observability.alerts.latency-p99=1500ms", "--spring.http.clients.read-timeout=8s",
					"--orders.inventory-url=" + this.inventory.instance().address());
			CompletableFuture<List<Sample>> baskets = start(starters, 1, this.basket);
			this.orders.balance(ordersInstances.join());
			this.payments.balance(paymentsInstances.join());
			this.basket.balance(baskets.join());
			this.inboxAddress = alertInbox.join().address();
			this.inbox = new Inbox(this.inboxAddress);
			services().forEach((service) -> service.traffic().start());
			this.alertmanager = this.backends.startAlertmanager(
					this.configuration.alertmanager(inboxFromBackends(), this.backends.thisMachine() + ":" + smtpPort));
			startPrometheus();
		}
		catch (RuntimeException | Error ex) {
			end(starters);
			close();
			throw ex;
		}
		end(starters);
	}

	// Those that are still starting end, too.
	private static void end(ExecutorService starters) {
		starters.shutdownNow();
		try {
			starters.awaitTermination(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// Answered with 404: a client's mistake, and none of the service's.
	static HttpRequest lookUp(Sample sample) {
		return Traffic.get(sample.address().resolve("/orders/none"));
	}

	private SampleService service(String jar, String name, String team, int perSecond,
			Function<Sample, HttpRequest> request, String... arguments) {
		String channel = "#" + team + "-alerts";
		List<String> all = new ArrayList<>(
				List.of("--spring.application.name=" + name, "--flowforge.observability.service.team=" + team,
						"--flowforge.observability.alerts.slack-channel=" + channel,
						"--flowforge.observability.health.interval=500ms", MIN_REQUEST_RATE));
		boolean sends = name.equals("inventory-service") && this.collector.isPresent();
		all.addAll(sends ? List.of("--flowforge.observability.otlp.endpoint=" + this.collector.get().endpoint()) : List
			.of("--management.tracing.export.otlp.enabled=false", "--management.logging.export.otlp.enabled=false"));
		all.addAll(List.of(arguments));
		return started(new SampleService(name, team, channel,
				(number) -> new Sample(jar, name + "-" + number, this.folder, this.backends.bindAddress(), all),
				(instances) -> discover(name, instances), request, perSecond));
	}

	private CompletableFuture<List<Sample>> start(ExecutorService starters, int instances, SampleService service) {
		List<CompletableFuture<Sample>> starting = IntStream.range(0, instances)
			.mapToObj((number) -> start(starters, service::launch))
			.toList();
		return CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new))
			.thenApply((all) -> starting.stream().map(CompletableFuture::join).toList());
	}

	private static CompletableFuture<Sample> start(ExecutorService starters, Supplier<Sample> launch) {
		return CompletableFuture.supplyAsync(launch, starters);
	}

	private <T extends AutoCloseable> T started(T part) {
		this.parts.push(part);
		return part;
	}

	private void startPrometheus() {
		Map<String, String> addresses = new HashMap<>();
		addresses.put("localhost:9093", this.backends.thisMachine() + ":" + this.alertmanager.getPort());
		Path assembled = this.configuration.prometheus(addresses);
		try {
			Files.delete(assembled.resolve("targets/samples.yml"));
			for (SampleService service : services().toList()) {
				Files.writeString(assembled.resolve(targetFile(service.name())),
						targets(service.name(), service.instances()));
			}
			if (this.collector.isPresent()) {
				Files.createDirectories(assembled.resolve("collectors"));
				Files.writeString(assembled.resolve("collectors/collector.yml"), "- targets: ['%s:%d']\n"
					.formatted(this.backends.thisMachine(), this.collector.get().metricsPort()));
			}
			Path flags = assembled.resolve("flags");
			Files.writeString(flags, Files.readString(flags)
				.replaceFirst("(?m)^--rules[.]alert[.]resend-delay=.*$", "--rules.alert.resend-delay=" + RESEND_DELAY));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.prometheus = this.backends.startPrometheus(assembled);
		long instances = services().mapToLong((service) -> service.instances().size()).sum();
		Waiting.until("every instance being scraped", START_LIMIT,
				() -> Optional.of(true).filter((yes) -> query("up{application!=\"\"} == 1").count() == instances),
				Waiting.SILENTLY);
	}

	private void discover(String name, Collection<Sample> instances) {
		this.backends.write(this.prometheus, targetFile(name), targets(name, instances));
	}

	private static String targetFile(String name) {
		return "targets/%s.yml".formatted(name);
	}

	private String targets(String name, Collection<Sample> instances) {
		if (instances.isEmpty()) {
			return "[]";
		}
		return "- targets: [%s]\n  labels: {application: %s, environment: demo}\n".formatted(instances.stream()
			.map((sample) -> "'%s:%d'".formatted(this.backends.thisMachine(), sample.port()))
			.collect(Collectors.joining(", ")), name);
	}

	private String inboxFromBackends() {
		return "http://%s:%d".formatted(this.backends.thisMachine(), this.inboxAddress.getPort());
	}

	/**
	 * Takes care of what orders cost: three instances, and a limit of 10 % for errors.
	 * @return the service
	 */
	SampleService orders() {
		return this.orders;
	}

	/**
	 * Has a database, and sends its telemetry to the Collector: it alone, so that the
	 * others do not notice when that is gone.
	 * @return the service
	 */
	SampleService inventory() {
		return this.inventory;
	}

	/**
	 * Has an objective.
	 * @return the service
	 */
	SampleService payments() {
		return this.payments;
	}

	/**
	 * Asks the inventory when it is asked to order.
	 * @return the service
	 */
	SampleService basket() {
		return this.basket;
	}

	Stream<SampleService> services() {
		return Stream.of(this.orders, this.inventory, this.payments, this.basket);
	}

	Database database() {
		return this.database;
	}

	/**
	 * The Collector, where this machine has one.
	 * @return the collector
	 */
	Optional<CollectorProcess> collector() {
		return this.collector;
	}

	Inbox inbox() {
		return this.inbox;
	}

	/**
	 * The page that a person would look at.
	 * @return its HTML
	 */
	String inboxPage() {
		return Http.get(this.inboxAddress.resolve("/"));
	}

	/**
	 * Ask Prometheus.
	 * @param expression what, in PromQL
	 * @return the result's elements
	 */
	Stream<JsonNode> query(String expression) {
		return result("query?query=" + encoded(expression));
	}

	/**
	 * Ask Prometheus how something was.
	 * @param expression what, in PromQL
	 * @param start from when on
	 * @param end until when
	 * @param step at which steps
	 * @return the result's elements
	 */
	Stream<JsonNode> queryRange(String expression, Instant start, Instant end, Duration step) {
		return result("query_range?query=%s&start=%s&end=%s&step=%dms".formatted(encoded(expression), start, end,
				step.toMillis()));
	}

	private Stream<JsonNode> result(String query) {
		String json = Http.get(this.prometheus.resolve("/api/v1/" + query));
		return JsonMapper.shared().readTree(json).path("data").path("result").valueStream();
	}

	private static String encoded(String expression) {
		return URLEncoder.encode(expression, StandardCharsets.UTF_8);
	}

	/**
	 * The alerts that Alertmanager knows.
	 * @return alerts
	 */
	Stream<JsonNode> alerts() {
		String json = Http.get(this.alertmanager.resolve("/api/v2/alerts"));
		return JsonMapper.shared().readTree(json).valueStream();
	}

	/**
	 * Restart Prometheus as after a crash. When it ends in good order, it notes a scrape
	 * that it breaks off as failed, and goes by that for the five seconds that it needs
	 * to discover its targets again: at this pace, longer than an alert waits.
	 */
	void restartPrometheus() {
		this.backends.crash(this.prometheus);
	}

	void restartAlertmanager() {
		this.backends.restart(this.alertmanager);
	}

	/**
	 * Give Prometheus rules besides those of the repository, which are correct to look at
	 * and may fail all the same.
	 * @param yaml what stands in the file
	 */
	void addRules(String yaml) {
		this.backends.write(this.prometheus, "rules/drill.yml", yaml);
		this.backends.reload(this.prometheus);
	}

	/**
	 * Have Alertmanager look for Slack where nobody listens.
	 */
	void cutSlack() {
		slackAt("http://%s:%d".formatted(this.backends.thisMachine(), Server.freePort()));
	}

	void mendSlack() {
		slackAt(inboxFromBackends());
	}

	// Read anew for each message.
	private void slackAt(String address) {
		this.backends.write(this.alertmanager, "secrets/slack-api-url", address + "/slack/webhook");
	}

	@Override
	public void close() {
		for (AutoCloseable part : this.parts) {
			try {
				part.close();
			}
			catch (Exception ex) {
				System.err.println("%s could not be ended: %s".formatted(part, ex));
			}
		}
	}

}
