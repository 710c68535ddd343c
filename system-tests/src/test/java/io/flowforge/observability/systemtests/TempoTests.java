package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real Tempo with the configuration of the stack: traces are found in it, who calls
 * whom is known, and the links of the alerts open what failed.
 */
class TempoTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Duration LIMIT = Duration.ofSeconds(120);

	private final Deque<AutoCloseable> parts = new ArrayDeque<>();

	@TempDir
	private Path folder;

	private URI prometheus;

	private TempoProcess tempo;

	private Sample orders;

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable part : this.parts) {
			part.close();
		}
	}

	@Test
	void takesItsConfigurationAndNoOther() throws IOException {
		String configuration = Files.readString(REPOSITORY.file("stack/tempo/config.yaml"));
		verify(configuration).orElseThrow();
		Programs.Result misspelt = verify(configuration.replace("remote_write:", "remote_wirte:"));
		assertThat(misspelt.status()).isNotZero();
		assertThat(misspelt.output()).contains("remote_wirte");
	}

	private Programs.Result verify(String configuration) throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), configuration);
		return Programs.run(this.folder, TempoProcess.program().toString(), "-config.file=" + file,
				"-config.expand-env=true", "-config.verify=true");
	}

	@Test
	void tracesAreFoundAndWhoCallsWhomIsKnown() throws Exception {
		start(Map.of("COLLECTOR_LOGS_EXPORTER", "nop"));
		String traceId = order();
		await("the trace of the order, with the spans of both services",
				() -> this.tempo.spans(traceId).containsAll(Set.of("POST /orders", "GET /stock/{sku}")));
		String demo = "{resource.service.name=\"%s\" && resource.deployment.environment.name=\"demo\" && kind=server}";
		await("the trace by what inventory-service did in it",
				() -> this.tempo.search(demo.formatted("inventory-service")).contains(traceId));
		await("a rate, made of spans", () -> this.tempo.metric(demo.formatted("orders-service") + " | rate()") > 0);
		try (Traffic traffic = new Traffic(this.orders.address(), 5)) {
			traffic.start();
			await("who calls whom",
					() -> prometheus("query?query=", "traces_service_graph_request_total > 0").findValues("metric")
						.stream()
						.anyMatch((metric) -> metric.path("client").asString("").equals("orders-service")
								&& metric.path("server").asString("").equals("inventory-service")));
			await("a trace for it",
					() -> !prometheus("query_exemplars?query=",
							"traces_service_graph_request_server_seconds_bucket{client=\"orders-service\"}")
						.findValues("traceID")
						.isEmpty());
		}
		// Rules take whatever has these labels, and those names, for a service.
		assertThat(prometheus("series?match%5B%5D=", "{__name__=~\"traces_.*\"}")).isNotEmpty()
			.allSatisfy((series) -> assertThat(series.propertyNames()).doesNotContain("application", "environment"));
	}

	@Test
	void linksOfAlertsOpenWhatFailed() throws Exception {
		try (LokiProcess loki = new LokiProcess(Workspace.ofBuild(this.folder), URI.create("http://127.0.0.1:1"),
				URI.create("http://127.0.0.1:1"))) {
			start(Map.of("COLLECTOR_LOGS_EXPORTER", "otlp_http/logs", "COLLECTOR_LOGS_ENDPOINT", loki.endpoint()));
			this.orders.faults().set("{\"errorRatio\":1}");
			String failed = order();
			try (Traffic traffic = new Traffic(this.orders.address(), 5)) {
				traffic.start();
				String links = linksOf(Waiting.forValue("No alert has come", LIMIT, this::errorsAlert));
				String traces = query(links, "Traces", "query");
				String logs = query(links, "Logs", "expr");
				await("the failed request, by the link of the alert", () -> this.tempo.search(traces).contains(failed));
				await("its log lines, by the link of the alert",
						() -> loki.lines(logs)
							.values()
							.stream()
							.anyMatch((line) -> failed.equals(line.get("trace_id"))));
			}
		}
	}

	private Optional<JsonNode> errorsAlert() {
		return prometheus("alerts?", "").path("alerts")
			.valueStream()
			.filter((alert) -> alert.at("/labels/alertname").asString().equals("FlowForgeHighErrorRatio"))
			.map((alert) -> alert.path("labels"))
			.findFirst();
	}

	// As Alertmanager's templates write them into a message.
	private String linksOf(JsonNode labels) {
		try {
			Path alert = Files.writeString(this.folder.resolve("alert.json"), JsonMapper.shared()
				.writeValueAsString(Map.of("alerts",
						List.of(Map.of("status", "firing", "startsAt", Instant.now().toString(), "labels", labels)))));
			return Programs
				.run(Repository.around(Path.of("")).root(), RequiredPrograms.require("amtool").toString(), "template",
						"render", "--template.glob=alertmanager/templates/*.tmpl", "--template.data=" + alert,
						"--template.text={{ template \"flowforge.links.text\" (index .Alerts 0) }}")
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// What Grafana would ask for.
	private static String query(String links, String word, String field) {
		String panes = URLDecoder.decode(
				links.replaceFirst("(?s)^.*\\b%s: \\S*[?&]panes=([^&\\s]*).*$".formatted(word), "$1"),
				StandardCharsets.UTF_8);
		return JsonMapper.shared().readTree(panes).at("/a/queries/0/" + field).asString();
	}

	private void start(Map<String, String> logs) {
		TempoProcess.program();
		Workspace workspace = Workspace.ofBuild(this.folder);
		Backends backends = TestBackends.processes(workspace);
		this.parts.push(backends);
		this.prometheus = new BackendConfiguration(workspace, backends).assemble().startPrometheus();
		this.tempo = new TempoProcess(workspace, this.prometheus);
		this.parts.push(this.tempo);
		Map<String, String> variables = new TreeMap<>(logs);
		variables.put("COLLECTOR_TRACES_EXPORTER", "otlp_http/traces");
		variables.put("COLLECTOR_TRACES_ENDPOINT", this.tempo.endpoint());
		Optional<OtelCollector> collector = OtelCollector.start(workspace, variables);
		Assumptions.assumeTrue(collector.isPresent(), TestBackends.NO_COLLECTOR);
		this.parts.push(collector.orElseThrow());
		String telemetry = "--flowforge.observability.otlp.endpoint=" + collector.orElseThrow().endpoint();
		Sample inventory = Sample.start(workspace, "inventory-service", telemetry);
		this.parts.push(inventory);
		this.orders = Sample.start(workspace, "orders-service", telemetry,
				"--orders.inventory-url=" + inventory.address());
		this.parts.push(this.orders);
		backends.write(this.prometheus, "targets/samples.yml", """
				- targets: ['127.0.0.1:%d']
				  labels: {application: orders-service, environment: demo}
				- targets: ['127.0.0.1:%d']
				  labels: {application: inventory-service, environment: demo}
				""".formatted(this.orders.port(), inventory.port()));
	}

	private String order() throws Exception {
		HttpRequest order = Traffic.order(this.orders.address());
		return Traffic.send(order).headers().firstValue("X-Trace-Id").orElseThrow();
	}

	private JsonNode prometheus(String path, String query) {
		return JsonMapper.shared()
			.readTree(Http.get(URI.create("%s/api/v1/%s%s".formatted(this.prometheus, path,
					URLEncoder.encode(query, StandardCharsets.UTF_8)))))
			.path("data");
	}

	private static void await(String what, BooleanSupplier condition) {
		Waiting.until(what + " has not come", LIMIT, condition);
	}

}
