package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.ProcessBackends;
import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import io.flowforge.launcher.runtime.Prometheus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Services that use up their error budget over days: the owner gets a ticket with the
 * figures, and nothing else. The month before is a history in Prometheus' storage, as if
 * Prometheus had been restarted just now; all that follows is scraped and evaluated.
 */
class SlowBurnTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final String TICKET = "FlowForgeErrorBudgetBurnSlow";

	private static final Pattern FIGURES = Pattern.compile(
			"The budget for errors burns ([0-9.]+) times as fast as the objective of 99[.]9% allows; ([0-9.]+)% of it is left[.]");

	private static final double OBJECTIVE = 0.999;

	private static final double REQUESTS_PER_SECOND = 20;

	// More than thirty days ago, and so no more of the budget.
	private static final double LONG_AGO = 30 * 24 + 5;

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(15);

	// How fast the budget burned, and how many times as many requests there were, by
	// hours ago. With so many requests before, three days say nothing about the last one.
	private static final List<Service> SERVICES = List.of(
			new Service("ledger", (hours) -> (hours < 24) ? 4 : 0, (hours) -> (hours < 24) ? 1 : 4),
			new Service("basket", (hours) -> (hours < 72) ? 2 : 0, (hours) -> 1),
			new Service("repaired", (hours) -> (hours > 3 && hours < 24) ? 4 : 0, (hours) -> (hours < 24) ? 1 : 4),
			new Service("calm", (hours) -> 0.5, (hours) -> 1));

	private final List<HttpServer> servers = new ArrayList<>();

	private ProcessBackends backends;

	private AlertInbox alertInbox;

	private Inbox inbox;

	private Prometheus prometheus;

	@BeforeEach
	void start(@TempDir Path folder) throws IOException {
		Workspace workspace = Workspace.ofBuild(folder);
		this.backends = TestBackends.processes(workspace);
		this.alertInbox = AlertInbox.start(workspace);
		this.inbox = this.alertInbox.messages();
		Map<Service, String> instances = new LinkedHashMap<>();
		for (Service service : SERVICES) {
			HttpServer server = serve(service);
			this.servers.add(server);
			instances.put(service, "127.0.0.1:" + server.getAddress().getPort());
		}
		BackendConfiguration configuration = new BackendConfiguration(workspace, this.backends)
			.messagesTo(this.alertInbox)
			.atAnyTime()
			.target("services", targets(instances))
			.assemble();
		configuration.startAlertmanager();
		store(History.of(instances), folder);
		this.prometheus = new Prometheus(configuration.startPrometheus());
	}

	@AfterEach
	void stop() {
		if (this.backends != null) {
			this.backends.close();
		}
		this.servers.forEach((server) -> server.stop(0));
		if (this.alertInbox != null) {
			this.alertInbox.close();
		}
	}

	@Test
	void ownersGetATicketAndNobodyElseGetsAnything() {
		// Of the budget of 30 days: four times a day's share, where the days before had
		// four times as many requests; and twice three days' share.
		assertTicket("ledger", 4, 100 * (1 - 4.0 / (29 * 4 + 1)));
		assertTicket("basket", 2, 100 * (1 - 2 * 3 / 30.0));

		// The rule looks at all services at once.
		assertThat(this.prometheus.activeAlerts()).filteredOn((alert) -> !alert.name().equals("Watchdog"))
			.extracting((alert) -> alert.name() + " of " + alert.label("application"))
			.containsExactlyInAnyOrder(TICKET + " of ledger", TICKET + " of basket");
		assertThat(this.inbox.all()).hasSize(4);
	}

	private void assertTicket(String service, double times, double left) {
		Message slack = await(service, Channel.SLACK);
		Message email = await(service, Channel.EMAIL);
		assertThat(slack.channel()).isEqualTo("#%s-alerts", service);
		assertThat(email.recipients()).containsExactly("on-call@flowforge.example");
		for (Message message : List.of(slack, email)) {
			assertThat(message.title()).startsWith("[INFO] %s (prod): The budget for errors burns".formatted(service));
			assertThat(message.text()).contains("The error budget will not last.", "Team: team-of-" + service);
			Matcher figures = FIGURES.matcher(message.text());
			assertThat(figures.find()).as(message.text()).isTrue();
			assertThat(Double.parseDouble(figures.group(1))).isEqualTo(times);
			assertThat(Double.parseDouble(figures.group(2))).isCloseTo(left, within(1.0));
		}
	}

	private Message await(String service, Channel channel) {
		return Waiting.forValue("The owner of %s has no ticket by %s".formatted(service, channel), LIMIT,
				() -> this.inbox.firstAfter(0, (message) -> channel.has(message) && message.title().contains(service)));
	}

	private static String targets(Map<Service, String> instances) {
		return instances.entrySet().stream().map((instance) -> """
				- targets: ['%s']
				  labels: {application: %s, environment: prod}
				""".formatted(instance.getValue(), instance.getKey().name())).collect(Collectors.joining());
	}

	private static HttpServer serve(Service service) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			double now = System.currentTimeMillis() / 1000.0;
			byte[] metrics = service.metrics()
				.entrySet()
				.stream()
				.map((metric) -> metric.getKey() + " " + metric.getValue().applyAsDouble(now) + "\n")
				.collect(Collectors.joining())
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
			exchange.sendResponseHeaders(200, metrics.length);
			exchange.getResponseBody().write(metrics);
			exchange.close();
		});
		server.start();
		return server;
	}

	private static void store(String history, Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("history.om"), history);
		Programs
			.run(folder, Map.of(), "", LIMIT,
					List.of(RequiredPrograms.require("promtool").toString(), "tsdb", "create-blocks-from",
							"openmetrics", file.toString(), folder.resolve("prometheus/data").toString()))
			.orElseThrow();
	}

	/**
	 * A service with an objective.
	 *
	 * @param name its name
	 * @param burn how many times as fast as it may its budget burned, by hours ago
	 * @param traffic how many times as many requests as today there were, by hours ago
	 */
	private record Service(String name, DoubleUnaryOperator burn, DoubleUnaryOperator traffic) {

		private static final double STARTED = System.currentTimeMillis() / 1000.0 - 3600;

		double requests(double hoursAgo) {
			return REQUESTS_PER_SECOND * this.traffic.applyAsDouble(hoursAgo);
		}

		double failures(double hoursAgo) {
			double burn = (hoursAgo < LONG_AGO) ? this.burn.applyAsDouble(hoursAgo) : 20;
			return requests(hoursAgo) * burn * (1 - OBJECTIVE);
		}

		String owner() {
			return "team=\"team-of-%1$s\",slack_channel=\"#%1$s-alerts\"".formatted(this.name);
		}

		// By seconds of the clock.
		Map<String, DoubleUnaryOperator> metrics() {
			return Map.of("process_start_time_seconds{}", (now) -> STARTED,
					"flowforge_service_info{%s}".formatted(owner()), (now) -> 1,
					"flowforge_slo_objective{objective=\"errors\"}", (now) -> OBJECTIVE,
					"flowforge_http_requests_total{failed=\"false\",slow=\"false\"}",
					(now) -> (requests(0) - failures(0)) * (now - STARTED),
					"flowforge_http_requests_total{failed=\"true\",slow=\"false\"}",
					(now) -> failures(0) * (now - STARTED));
		}

	}

	/**
	 * What a Prometheus has stored that was ended a moment ago, in the OpenMetrics
	 * format. It ran as fast as the one that is going to continue.
	 */
	private static final class History {

		private final StringBuilder text = new StringBuilder();

		private final Instant end = Instant.now();

		static String of(Map<Service, String> instances) {
			History history = new History();
			instances.forEach(history::add);
			return history.text.append("# EOF\n").toString();
		}

		private void add(Service service, String instance) {
			String labels = "application=\"%s\",environment=\"prod\"".formatted(service.name());
			String target = "%s,job=\"services\",instance=\"%s\"".formatted(labels, instance);
			add("up{%s}".formatted(target), SCRAPE_INTERVAL, MINUTE.multipliedBy(15), (hours) -> 1);
			service.metrics()
				.forEach((metric, value) -> add(metric.replace("{", "{" + target + ",").replace(",}", "}"),
						SCRAPE_INTERVAL, MINUTE.multipliedBy(15),
						(hours) -> value.applyAsDouble(at(hours).toEpochMilli() / 1000.0)));
			String objective = labels + ",objective=\"errors\"";
			add("flowforge:slo_requests:rate5m{%s}".formatted(objective), MINUTE, HOUR.multipliedBy(6),
					service::requests);
			add("flowforge:slo_requests_bad:rate5m{%s}".formatted(objective), MINUTE, HOUR.multipliedBy(6),
					service::failures);
			add("flowforge:slo_requests:rate10m{%s}".formatted(objective), MINUTE.multipliedBy(10),
					HOUR.multipliedBy(74), service::requests);
			add("flowforge:slo_requests_bad:rate10m{%s}".formatted(objective), MINUTE.multipliedBy(10),
					HOUR.multipliedBy(74), service::failures);
			add("flowforge:slo_requests:rate1h{%s}".formatted(objective), HOUR, HOUR.multipliedBy(24 * 32),
					service::requests);
			add("flowforge:slo_requests_bad:rate1h{%s}".formatted(objective), HOUR, HOUR.multipliedBy(24 * 32),
					service::failures);
			// Pending for all but a minute of the hour that the alert waits. It does not
			// count where the alert is not pending now.
			double since = at(59 / 60.0).getEpochSecond();
			add("ALERTS_FOR_STATE{alertname=\"%s\",severity=\"info\",category=\"slo\",%s,%s}".formatted(TICKET,
					objective, service.owner()), MINUTE, MINUTE.multipliedBy(59), (hours) -> since);
		}

		private void add(String series, Duration interval, Duration length, DoubleUnaryOperator byHoursAgo) {
			for (long i = length.dividedBy(interval); i >= 0; i--) {
				double hours = (double) i * interval.toMillis() / HOUR.toMillis();
				long time = at(hours).toEpochMilli();
				this.text.append(series)
					.append(' ')
					.append(byHoursAgo.applyAsDouble(hours))
					.append(" %d.%03d\n".formatted(time / 1000, time % 1000));
			}
		}

		private Instant at(double hoursAgo) {
			return this.end.minusMillis(Math.round(hoursAgo * HOUR.toMillis() / BackendConfiguration.SPEED.factor()));
		}

	}

}
