package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real Loki with the configuration of the stack: log lines are found in it, and what
 * only they can tell is told.
 */
class LokiTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final String CANNOT_START = "The service cannot start.";

	private static final String BACKGROUND = "Background work fails.";

	private final Deque<AutoCloseable> parts = new ArrayDeque<>();

	@TempDir
	private Path folder;

	private LokiProcess loki;

	private OtelCollector collector;

	private URI prometheus = URI.create("http://127.0.0.1:1");

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable part : this.parts) {
			part.close();
		}
	}

	@Test
	void takesItsConfigurationAndNoOther() throws IOException {
		String configuration = Files.readString(REPOSITORY.file("stack/loki/config.yaml"));
		verify(configuration).orElseThrow();
		Programs.Result misspelt = verify(configuration.replace("retention_enabled:", "retention_enabeld:"));
		assertThat(misspelt.status()).isNotZero();
		assertThat(misspelt.output()).contains("retention_enabeld");
	}

	private Programs.Result verify(String configuration) throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), configuration);
		return Programs.run(this.folder, LokiProcess.program().toString(), "-config.file=" + file,
				"-config.expand-env=true", "-verify-config");
	}

	@Test
	void linesAreFoundByTheirTrace() throws Exception {
		startLoki(Workspace.ofBuild(this.folder), URI.create("http://127.0.0.1:" + Ports.free()));
		Sample service = start("inventory-service", "--flowforge.observability.web.access-log.requests=all");
		HttpResponse<Void> response = Traffic.send(Traffic.get(service.address().resolve("/stock/A-100")));
		String traceId = response.headers().firstValue("X-Trace-Id").orElseThrow();
		Map<String, Map<String, String>> lines = Waiting.forValue("No log line of the request has come", LIMIT,
				() -> Optional.of(this.loki.lines(
						"{service_name=\"inventory-service\", deployment_environment_name=\"demo\"} | trace_id=\"%s\""
							.formatted(traceId)))
					.filter((found) -> !found.isEmpty()));
		assertThat(lines.values()).allSatisfy((line) -> assertThat(line).containsEntry("flowforge_team", "warehouse")
			.containsKeys("span_id", "scope_name")
			// Grafana shows this level; without it, it guesses one from the words.
			.containsEntry("detected_level", "info")
			.doesNotContainKeys("traceId", "spanId", "thread_name"));
		// More of them, and each value of theirs would be a stream of its own.
		assertThat(this.loki.labels()).containsExactlyInAnyOrder("service_name", "deployment_environment_name",
				"severity_text");
	}

	@Test
	void recordsThatAreTooLargeAreFoundShortened() {
		startLoki(Workspace.ofBuild(this.folder), URI.create("http://127.0.0.1:" + Ports.free()));
		LargeRecords.sendFromAnotherLibrary(this.collector.endpoint());
		LargeRecords.sendFromService(REPOSITORY, this.folder, this.collector.endpoint());
		String service = "{service_name=\"inventory-service\"} ";
		String other = "{service_name=\"other\"} ";
		awaitLine(service + "|= `… [shortened from 600000 bytes]`");
		awaitLine(service + "|= `Payload refused` | exception_message=~`m+… .shortened from 100000 bytes.`");
		awaitLine(other + "|= `… [shortened from 600007 bytes]`");
		awaitLine(other
				+ "|= `Failed` | exception_message=~`m+… .shortened.` | exception_stacktrace=~`(?s).+… .shortened.`");
		awaitLine(other + "|= `Many` | dropped_attributes_count=`237` | exception_message=`Sold out`");
		awaitLine(other + "|= `Small` | customer=`c-17`");
	}

	// Loki has no users.
	@Test
	void linesCannotBeDeleted() {
		startLoki(Workspace.ofBuild(this.folder), URI.create("http://127.0.0.1:" + Ports.free()));
		HttpResponse<Void> response = Traffic.send(HttpRequest
			.newBuilder(
					this.loki.address().resolve("/loki/api/v1/delete?query=%7Bservice_name%3D~%22.%2B%22%7D&start=1"))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build());
		assertThat(response.statusCode()).isEqualTo(403);
	}

	// For senders that come past the Collector.
	@Test
	void lineThatIsTooLongForLokiItselfIsShortened() {
		startLoki(Workspace.ofBuild(this.folder), URI.create("http://127.0.0.1:" + Ports.free()));
		Http.send("POST", URI.create(this.loki.endpoint() + "/v1/logs"),
				"""
						{"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "direct"}}]},
						 "scopeLogs": [{"logRecords": [{"timeUnixNano": "%d", "body": {"stringValue": "%s"}}]}]}]}
						"""
					.formatted(System.currentTimeMillis() * 1_000_000, "x".repeat(300_000)));
		awaitLine("{service_name=\"direct\"} |= `x… [shortened]`");
	}

	private void awaitLine(String query) {
		Waiting.until("Loki does not find " + query, LIMIT, () -> !this.loki.lines(query).isEmpty());
	}

	@Test
	void ownerIsToldOfAServiceThatCannotStart() {
		Inbox inbox = startWithInbox();
		// Healthy, and on the port that the other one wants, too.
		Sample healthy = start("inventory-service");
		Programs.Result result = Programs.run(this.folder, Programs.java(), "-XX:TieredStopAtLevel=1", "-jar",
				REPOSITORY.file("samples/orders-service/target/orders-service.jar").toString(),
				"--spring.profiles.active=demo", "--server.port=" + healthy.port(), telemetry());
		assertThat(result.status()).isEqualTo(1);

		Message slack = await(inbox, "orders-service", CANNOT_START, true);
		Message email = await(inbox, "orders-service", CANNOT_START, false);
		assertThat(slack.channel()).isEqualTo("#checkout-alerts");
		assertThat(slack.text()).contains("Team: checkout", "once");
		assertThat(email.text()).contains("Team: checkout", "once");
		assertThat(slack.links()).extracting(Message.Link::text).contains("Dashboard", "Logs", "Runbook");
		assertThat(link(slack, "Runbook")).contains("/runbooks/FlowForgeStartFailed.md?");
		assertThat(link(slack, "Dashboard")).contains("/d/flowforge-service/service?var-environment=demo")
			.contains("var-application=orders-service");
		assertThat(this.loki.lines(queryOf(link(slack, "Logs"))).keySet())
			.anySatisfy((line) -> assertThat(line).contains("APPLICATION FAILED TO START", "already in use"));
		Waiting.until("Dashboards do not show the alert", LIMIT, () -> !JsonMapper.shared()
			.readTree(Http.get(this.prometheus.resolve("/api/v1/query?query=" + URLEncoder.encode(
					"ALERTS{alertname=\"FlowForgeStartFailed\", alertstate=\"firing\", application=\"orders-service\"}",
					StandardCharsets.UTF_8))))
			.at("/data/result")
			.isEmpty());
		// Nothing of the healthy one, and nothing else of this one.
		assertThat(inbox.all()).filteredOn(Message::isSlack).hasSize(1);
	}

	@Test
	void ownerIsToldOfErrorsThatNoRequestTells() {
		Inbox inbox = startWithInbox();
		Sample orders = start("orders-service");
		orders.faults().set("{\"errorRatio\":1}");
		String marked = errorLines("{\"key\": \"flowforge.background\", \"value\": {\"boolValue\": true}}");
		String named = errorLines("{\"key\": \"thread.name\", \"value\": {\"stringValue\": \"scheduling-1\"}}");
		try (Traffic traffic = new Traffic(orders.address(), 10)) {
			traffic.start();
			Waiting.until("No lines of failing requests have come", LIMIT,
					() -> !this.loki.lines("{service_name=\"orders-service\", severity_text=\"ERROR\"}").isEmpty());
			Http.send("POST", this.collector.endpoint().resolve("/v1/logs"), """
					{"resourceLogs": [{"resource": {"attributes": [
					  {"key": "service.name", "value": {"stringValue": "billing"}},
					  {"key": "deployment.environment.name", "value": {"stringValue": "demo"}}]},
					 "scopeLogs": [{"scope": {"name": "com.example.Invoices"}, "logRecords": [%s]}]},
					 {"resource": {"attributes": [
					  {"key": "service.name", "value": {"stringValue": "shipping"}},
					  {"key": "deployment.environment.name", "value": {"stringValue": "demo"}},
					  {"key": "team", "value": {"stringValue": "logistics"}},
					  {"key": "slack_channel", "value": {"stringValue": "#logistics"}}]},
					 "scopeLogs": [{"scope": {"name": "com.example.Parcels"}, "logRecords": [%s]}]}]}
					""".formatted(marked, named));
			Message slack = await(inbox, "billing", BACKGROUND, true);
			await(inbox, "billing", BACKGROUND, false);
			// That service says nothing of an owner.
			assertThat(slack.text()).contains("Team: unowned", "10 errors");
			assertThat(this.loki.lines(queryOf(link(slack, "Logs")))).hasSize(10);
			// That one says it in the words of an earlier version of the starter.
			Message old = await(inbox, "shipping", BACKGROUND, true);
			assertThat(old.text()).contains("Team: logistics");
			assertThat(old.channel()).isEqualTo("#logistics");
		}
		assertThat(inbox.all()).noneSatisfy((message) -> assertThat(message.title()).contains("orders-service"));
	}

	private static String errorLines(String attribute) {
		long now = System.currentTimeMillis() * 1_000_000;
		return IntStream.range(0, 10).mapToObj((i) -> """
				{"timeUnixNano": "%d", "severityText": "ERROR", "severityNumber": 17,
				 "body": {"stringValue": "Invoice %d was not sent"}, "attributes": [%s]}
				""".formatted(now + i, i, attribute)).collect(Collectors.joining(","));
	}

	private Inbox startWithInbox() {
		LokiProcess.program();
		Workspace workspace = Workspace.ofBuild(this.folder);
		Backends backends = TestBackends.processes(workspace);
		this.parts.push(backends);
		AlertInbox alertInbox = AlertInbox.start(workspace);
		this.parts.push(alertInbox);
		BackendConfiguration configuration = new BackendConfiguration(workspace, backends).messagesTo(alertInbox)
			.assemble();
		URI alertmanager = configuration.startAlertmanager();
		this.prometheus = configuration.startPrometheus();
		startLoki(workspace, alertmanager);
		return alertInbox.messages();
	}

	private void startLoki(Workspace workspace, URI alertmanager) {
		this.loki = new LokiProcess(workspace, alertmanager, this.prometheus);
		this.parts.push(this.loki);
		Optional<OtelCollector> started = OtelCollector.start(workspace, Map.of("COLLECTOR_TRACES_EXPORTER", "nop",
				"COLLECTOR_LOGS_EXPORTER", "otlp_http/logs", "COLLECTOR_LOGS_ENDPOINT", this.loki.endpoint()));
		Assumptions.assumeTrue(started.isPresent(), TestBackends.NO_COLLECTOR);
		this.collector = started.orElseThrow();
		this.parts.push(this.collector);
	}

	private Sample start(String name, String... arguments) {
		Sample sample = Sample.start(Workspace.ofBuild(this.folder), name,
				Stream.concat(Stream.of(telemetry()), Stream.of(arguments)).toArray(String[]::new));
		this.parts.push(sample);
		return sample;
	}

	private String telemetry() {
		return "--flowforge.observability.otlp.endpoint=" + this.collector.endpoint();
	}

	private static Message await(Inbox inbox, String application, String summary, boolean slack) {
		return Waiting.forValue("No message has come about %s: %s".formatted(application, summary), LIMIT,
				() -> inbox.firstAfter(0, (message) -> message.isAbout("firing", application, summary)
						&& ((slack) ? message.isSlack() : message.isEmail())));
	}

	private static String link(Message message, String text) {
		return message.links()
			.stream()
			.filter((link) -> link.text().equals(text))
			.map(Message.Link::url)
			.findFirst()
			.orElseThrow();
	}

	// What Grafana would ask Loki for.
	private static String queryOf(String link) {
		String panes = URLDecoder.decode(link.replaceFirst("^.*[?&]panes=([^&]*).*$", "$1"), StandardCharsets.UTF_8);
		return JsonMapper.shared().readTree(panes).at("/a/queries/0/expr").asString();
	}

}
