package io.flowforge.drill.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.drill.backend.AlertmanagerPair;
import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Subject;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.Database;
import io.flowforge.drill.server.Fleet;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Relay;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.StrictSlack;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.runtime.Prometheus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Services under traffic, inbox, Prometheus and Alertmanager, connected with each other;
 * and what can be done to them. Time runs 20 times as fast.
 */
public final class ScenarioStack implements AutoCloseable {

	/**
	 * More at a time would only wait for each other.
	 */
	private static final int STARTS_AT_A_TIME = 4;

	/**
	 * After a restart, Prometheus needs five seconds to discover Alertmanager, however
	 * fast time runs. Alertmanager must believe an alert that is not repeated for longer
	 * than that. Divided by 20, this is five seconds.
	 */
	private static final String RESEND_DELAY = "--rules.alert.resend-delay=100s";

	private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

	private static final Duration SLACK_PAUSE = Pace.scaled(Duration.ofSeconds(1));

	private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();

	private final Backends backends;

	private final Database database;

	private final Optional<OtelCollector> collector;

	private final ScenarioServices services;

	private final AlertInbox inbox;

	private final StrictSlack slack;

	private final Fleet fleet;

	private final Workspace workspace;

	private final BackendConfiguration configuration;

	private final URI alertmanager;

	private @Nullable URI prometheus;

	/**
	 * Start everything.
	 * @param place where
	 * @param log gets a line about each thing that a person should know
	 */
	public ScenarioStack(Workspace place, Consumer<String> log) {
		ExecutorService starters = Executors.newFixedThreadPool(STARTS_AT_A_TIME, (work) -> {
			Thread thread = new Thread(work, "starter");
			thread.setDaemon(true);
			return thread;
		});
		try {
			this.backends = started(Backends.choose(place));
			this.workspace = place.listeningAt(this.backends.bindAddress());
			log.accept("Prometheus and Alertmanager run as %s.".formatted(this.backends.kind()));
			CompletableFuture<AlertInbox> starting = CompletableFuture
				.supplyAsync(() -> started(AlertInbox.start(this.workspace)), starters);
			this.database = started(Database.start(this.workspace));
			// It delivers to nobody: no scenario is about that.
			this.collector = OtelCollector
				.start(this.workspace, Map.of("COLLECTOR_TRACES_EXPORTER", "nop", "COLLECTOR_LOGS_EXPORTER", "nop"))
				.map(this::started);
			if (this.collector.isEmpty()) {
				log.accept(
						"There is no OpenTelemetry Collector, so its scenario is left out: 'stack/launch collector' builds one.");
			}
			this.services = started(
					new ScenarioServices(this.workspace, this.database, this.collector, this::discover));
			this.services.start(starters);
			this.inbox = starting.join();
			this.slack = started(new StrictSlack(this.inbox, this.backends.bindAddress(), SLACK_PAUSE));
			this.fleet = started(new Fleet(this.backends.bindAddress()));
			this.configuration = configured();
			this.alertmanager = this.configuration.startAlertmanager();
			this.prometheus = this.configuration.startPrometheus();
			awaitScrapes();
		}
		catch (RuntimeException | Error ex) {
			end(starters);
			close();
			if (ex instanceof CompletionException && ex.getCause() instanceof StackException cause) {
				throw cause;
			}
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

	private <T extends AutoCloseable> T started(T part) {
		this.parts.push(part);
		return part;
	}

	private BackendConfiguration configured() {
		BackendConfiguration configuration = new BackendConfiguration(this.workspace, this.backends)
			.messagesTo(this.inbox, this.slack.port(), notifications())
			.file("prometheus/flags", flags(this.workspace.repository()))
			// Its windows are days: to them, a minute of failures in a history of four
			// would be a quarter of three days.
			.file("prometheus/rules/budget.yml", "groups: []\n");
		this.collector.ifPresent(configuration::scraping);
		services().forEach((service) -> configuration.target(service.name(),
				target(service.name(), service.instances(), "127.0.0.1")));
		return configuration.assemble();
	}

	private Map<String, String> notifications() {
		String teams = Stream.concat(services().map(SampleService::subject), Fleet.SERVICES.stream())
			.filter(Subject::hasAddress)
			.map((subject) -> "%s: %s\n".formatted(subject.team(), subject.email()))
			.distinct()
			.collect(Collectors.joining());
		Path addresses = this.workspace.folder().resolve("teams.yml");
		DataFolder.write(addresses, teams);
		return Map.of("FLOWFORGE_TEAM_ADDRESSES", addresses.toString(), "FLOWFORGE_PLATFORM_SLACK_CHANNEL",
				Subject.STACK.channel(), "FLOWFORGE_PLATFORM_EMAIL_TO", Subject.STACK.email());
	}

	private static String flags(Repository repository) {
		try {
			return Files.readString(repository.file("stack/prometheus/flags"))
				.replaceFirst("(?m)^--rules[.]alert[.]resend-delay=.*$", RESEND_DELAY);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitScrapes() {
		long instances = services().mapToLong((service) -> service.instances().size()).sum();
		Waiting.until("Prometheus does not scrape every instance", START_TIMEOUT,
				() -> prometheus().query("up{application!=\"\"} == 1").size() == instances);
	}

	private void discover(SampleService service, Collection<Sample> instances) {
		this.backends.write(prometheusAddress(), "targets/%s.yml".formatted(service.name()),
				target(service.name(), instances, this.backends.thisMachine()));
	}

	private static String target(String name, Collection<Sample> instances, String host) {
		if (instances.isEmpty()) {
			return "[]";
		}
		return "- targets: [%s]\n  labels: {application: %s, environment: demo}\n".formatted(instances.stream()
			.map((sample) -> "'%s:%d'".formatted(host, sample.port()))
			.collect(Collectors.joining(", ")), name);
	}

	/**
	 * The service that takes orders: three instances, and a limit of 10 % for errors.
	 * @return the service
	 */
	SampleService orders() {
		return this.services.orders();
	}

	/**
	 * The service that has a database and sends its telemetry to the Collector. No other
	 * service does, so that no other notices when the Collector is down.
	 * @return the service
	 */
	SampleService inventory() {
		return this.services.inventory();
	}

	/**
	 * The service that has an objective.
	 * @return the service
	 */
	SampleService payments() {
		return this.services.payments();
	}

	/**
	 * The service that needs the inventory for its orders.
	 * @return the service
	 */
	SampleService basket() {
		return this.services.basket();
	}

	Stream<SampleService> services() {
		return this.services.all();
	}

	Database database() {
		return this.database;
	}

	/**
	 * The Collector, where this machine has one.
	 * @return the collector
	 */
	public Optional<OtelCollector> collector() {
		return this.collector;
	}

	/**
	 * Open a relay, which is closed with the stack.
	 * @param first the instance that it leads to for the time being
	 * @return the relay
	 */
	Relay relayTo(Sample first) {
		return started(Relay.open(first, this.backends.bindAddress()));
	}

	Inbox inbox() {
		return this.inbox.messages();
	}

	String inboxPage() {
		return this.inbox.page();
	}

	private Prometheus prometheus() {
		return new Prometheus(prometheusAddress());
	}

	URI prometheusAddress() {
		if (this.prometheus == null) {
			throw new IllegalStateException("Prometheus is not started yet");
		}
		return this.prometheus;
	}

	/**
	 * Whether an expression has a result.
	 * @param expression in PromQL
	 * @return whether it has
	 */
	boolean has(String expression) {
		return !prometheus().query(expression).isEmpty();
	}

	/**
	 * The alerts that fire now, according to Prometheus.
	 * @return the labels of each
	 */
	Stream<Map<String, String>> firing() {
		return prometheus().query("ALERTS{alertstate=\"firing\"}").stream().map(Prometheus.Sample::labels);
	}

	List<FiringAlert> firing(Instant from, Instant to) {
		return FiringAlert.between(prometheusAddress(), from, to);
	}

	/**
	 * The alerts that Alertmanager has.
	 * @return alerts
	 */
	Stream<JsonNode> alerts() {
		return Http.json(this.alertmanager.resolve("/api/v2/alerts")).valueStream();
	}

	/**
	 * Restart Prometheus as after a crash. When it ends in good order, it records a
	 * scrape that it interrupts as failed, and uses that for the five seconds that it
	 * needs to discover its targets again: at this pace, longer than an alert waits.
	 */
	void restartPrometheus() {
		this.backends.crash(prometheusAddress());
	}

	void restartAlertmanager() {
		this.backends.restart(this.alertmanager);
	}

	/**
	 * Give Prometheus more rules, which are valid and may fail all the same.
	 * @param yaml the text of the file
	 */
	void addRules(String yaml) {
		this.backends.write(prometheusAddress(), "rules/drill.yml", yaml);
		this.backends.reload(prometheusAddress());
	}

	/**
	 * Have Alertmanager look for Slack where nobody listens.
	 */
	void cutSlack() {
		slackAt(Ports.free());
	}

	void restoreSlack() {
		slackAt(this.slack.port());
	}

	// Alertmanager reads the file for each message.
	private void slackAt(int port) {
		this.backends.write(this.alertmanager, "secrets/slack-api-url",
				"http://%s:%d/slack/webhook".formatted(this.backends.thisMachine(), port));
	}

	/**
	 * Slack, as strict as it is.
	 * @return its stand-in
	 */
	StrictSlack slack() {
		return this.slack;
	}

	/**
	 * The services that Prometheus does not know before {@link #discoverFleet}.
	 * @return the fleet
	 */
	Fleet fleet() {
		return this.fleet;
	}

	/**
	 * Have Prometheus scrape the services of the fleet, too.
	 */
	void discoverFleet() {
		this.backends.write(prometheusAddress(), "targets/fleet.yml",
				this.fleet.targets("storm", this.backends.thisMachine()));
		Waiting.until("Not all services have an owner", START_TIMEOUT, () -> has(
				"count(flowforge:service_owner{environment=\"storm\",team!=\"unowned\"}) == " + Fleet.SERVICES.size()));
	}

	/**
	 * Have a pair of Alertmanagers notify instead of the single one. It is ended with the
	 * stack.
	 * @return the pair
	 */
	AlertmanagerPair usePair() {
		AlertmanagerPair pair = started(AlertmanagerPair.start(this.workspace, this.configuration.alertmanager()));
		this.backends.write(prometheusAddress(), "alertmanagers/alertmanager.yml", pair.targets());
		Pace.await("Prometheus does not know the pair",
				() -> pair.peers()
					.stream()
					.allMatch((peer) -> has(
							"up{job=\"alertmanager\",instance=\"%s\"} == 1".formatted(peer.address().getAuthority()))
							&& activeAlertmanagers().contains(peer.address().getAuthority())));
		return pair;
	}

	private String activeAlertmanagers() {
		return Http.get(prometheusAddress().resolve("/api/v1/alertmanagers"));
	}

	/**
	 * Whether processes run here that a scenario can pair. Containers are on networks of
	 * their own.
	 * @return whether they do
	 */
	boolean canPairAlertmanagers() {
		return !this.backends.areContainers();
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
