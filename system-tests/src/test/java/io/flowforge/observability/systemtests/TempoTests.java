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
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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

	private static final Duration LIMIT = Duration.ofSeconds(120);

	private static final String LOOPBACK = "127.0.0.1";

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
		String configuration = Files.readString(Repository.file("stack/tempo/config.yaml"));
		verify(configuration).orElseThrow();
		Program.Result misspelt = verify(configuration.replace("remote_write:", "remote_wirte:"));
		assertThat(misspelt.status()).isNotZero();
		assertThat(misspelt.output()).contains("remote_wirte");
	}

	private Program.Result verify(String configuration) throws IOException {
		Path file = Files.writeString(this.folder.resolve("config.yaml"), configuration);
		return Program.run(this.folder, Map.of(), "", TempoProcess.program().toString(), "-config.file=" + file,
				"-config.expand-env=true", "-config.verify=true");
	}

	@Test
	void tracesAreFoundAndWhoCallsWhomIsKnown() throws Exception {
		start("COLLECTOR_LOGS_EXPORTER=nop");
		String traceId = order();
		await("the trace of the order, with the spans of both services",
				() -> this.tempo.spans(traceId).containsAll(Set.of("http post /orders", "http get /stock/{sku}")));
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
		try (LokiProcess loki = new LokiProcess(this.folder, URI.create("http://127.0.0.1:1"))) {
			start("COLLECTOR_LOGS_EXPORTER=otlp_http/logs", "COLLECTOR_LOGS_ENDPOINT=" + loki.endpoint());
			this.orders.faults().set("{\"errorRatio\":1}");
			String failed = order();
			try (Traffic traffic = new Traffic(this.orders.address(), 5)) {
				traffic.start();
				JsonNode annotations = Waiting.until("an alert", LIMIT, this::errorsAlert, Waiting.SILENTLY);
				String traces = query(annotations, "traces", "query");
				String logs = query(annotations, "logs", "expr");
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
			.map((alert) -> alert.path("annotations"))
			.findFirst();
	}

	// What Grafana would ask for.
	private static String query(JsonNode annotations, String annotation, String field) {
		String panes = URLDecoder.decode(
				annotations.path(annotation).asString().replaceFirst("^.*[?&]panes=([^&]*).*$", "$1"),
				StandardCharsets.UTF_8);
		return JsonMapper.shared().readTree(panes).at("/%s/queries/0/%s".formatted(annotation, field)).asString();
	}

	private void start(String... logs) throws IOException {
		TempoProcess.program();
		ProcessBackends backends = new ProcessBackends();
		this.parts.push(backends);
		Path configuration = new AssembledConfiguration(this.folder).prometheus(Map.of());
		Files.delete(configuration.resolve("targets/samples.yml"));
		this.prometheus = backends.startPrometheus(configuration);
		this.tempo = new TempoProcess(this.folder, this.prometheus);
		this.parts.push(this.tempo);
		Optional<CollectorProcess> collector = CollectorProcess.start(this.folder, LOOPBACK,
				Stream
					.concat(Stream.of("COLLECTOR_TRACES_EXPORTER=otlp_http/traces",
							"COLLECTOR_TRACES_ENDPOINT=" + this.tempo.endpoint()), Stream.of(logs))
					.toArray(String[]::new));
		Assumptions.assumeTrue(collector.isPresent(),
				"There is no OpenTelemetry Collector; 'stack/collector' builds one where Go is there");
		this.parts.push(collector.orElseThrow());
		String telemetry = "--flowforge.observability.otlp.endpoint=" + collector.orElseThrow().endpoint();
		Sample inventory = new Sample("inventory-service", this.folder, LOOPBACK, telemetry);
		this.parts.push(inventory);
		this.orders = new Sample("orders-service", this.folder, LOOPBACK, telemetry,
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
		return Http.CLIENT.send(order, HttpResponse.BodyHandlers.discarding())
			.headers()
			.firstValue("X-Trace-Id")
			.orElseThrow();
	}

	private JsonNode prometheus(String path, String query) {
		return JsonMapper.shared()
			.readTree(Http.get(URI.create("%s/api/v1/%s%s".formatted(this.prometheus, path,
					URLEncoder.encode(query, StandardCharsets.UTF_8)))))
			.path("data");
	}

	private static void await(String what, BooleanSupplier condition) {
		Waiting.until(what, LIMIT, () -> Optional.of(true).filter((yes) -> condition.getAsBoolean()), Waiting.SILENTLY);
	}

}
