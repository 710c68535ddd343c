package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.backend.ProcessBackends;
import io.flowforge.drill.server.AlertInbox;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.process.Programs;
import io.flowforge.observability.testing.OtlpReceiver;

/**
 * Everything that dashboards show: the real backends, as far as they are on this machine,
 * while the real samples run and some of their requests fail.
 */
final class DashboardStack implements AutoCloseable {

	// From 2001: both are discarded, which is counted then.
	private static final String OLD_LINE = """
			{"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "old"}}]},
			 "scopeLogs": [{"logRecords": [{"timeUnixNano": "1000000000000000000", "body": {"stringValue": "old"}}]}]}]}
			""";

	private static final String SPAN_WITHOUT_ID = """
			{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "00000000000000000000000000000000", "name": "none",
			 "startTimeUnixNano": "1000000000000000000", "endTimeUnixNano": "1000000001000000000"}]}]}]}
			""";

	private final Deque<AutoCloseable> parts = new ArrayDeque<>();

	private final Workspace workspace;

	private URI alertmanager;

	private URI prometheus;

	private Sample orders;

	private Sample inventory;

	private Optional<LokiProcess> loki = Optional.empty();

	private Optional<TempoProcess> tempo = Optional.empty();

	private Optional<OtelCollector> collector = Optional.empty();

	/**
	 * Create a stack of which nothing runs yet.
	 * @param folder an empty folder
	 */
	DashboardStack(Path folder) {
		this.workspace = Workspace.ofBuild(folder);
	}

	/**
	 * Start everything; no request fails yet. What has been started is ended by
	 * {@link #close()}, also after a failure.
	 */
	void start() {
		ProcessBackends backends = started(TestBackends.processes(this.workspace));
		AlertInbox inbox = started(AlertInbox.start(this.workspace));
		BackendConfiguration configuration = new BackendConfiguration(this.workspace, backends).messagesTo(inbox)
			.assemble();
		for (String rules : List.of("budget.yml", "dashboards.yml")) {
			evaluateOften(configuration.prometheus().resolve("rules").resolve(rules));
		}
		this.alertmanager = configuration.startAlertmanager();
		this.prometheus = configuration.startPrometheus();
		if (Programs.find("loki").isPresent()) {
			this.loki = Optional.of(started(new LokiProcess(this.workspace, this.alertmanager, this.prometheus)));
		}
		if (Programs.find("tempo").isPresent()) {
			this.tempo = Optional.of(started(new TempoProcess(this.workspace, this.prometheus)));
		}
		// Gets what the others would, where they are not there.
		String receiver = started(OtlpReceiver.start()).endpoint();
		this.collector = OtelCollector.start(this.workspace,
				Map.of("COLLECTOR_TRACES_ENDPOINT", this.tempo.map(TempoProcess::endpoint).orElse(receiver),
						"COLLECTOR_LOGS_ENDPOINT", this.loki.map(LokiProcess::endpoint).orElse(receiver)));
		this.collector.ifPresent(this::started);
		this.inventory = sample("inventory-service");
		this.orders = sample("orders-service", "--orders.inventory-url=" + this.inventory.address(),
				"--flowforge.observability.alerts.slo-objective=99.9%");
		discover(backends, "targets/orders.yml", "{application: orders-service, environment: demo}",
				this.orders.port());
		discover(backends, "targets/inventory.yml", "{application: inventory-service, environment: demo}",
				this.inventory.port());
		this.collector
			.ifPresent((process) -> discover(backends, "collectors/collector.yml", "{}", process.metricsPort()));
		this.loki.ifPresent(
				(process) -> discover(backends, "backends/loki.yml", "{job: loki}", process.address().getPort()));
		this.tempo.ifPresent(
				(process) -> discover(backends, "backends/tempo.yml", "{job: tempo}", process.address().getPort()));
		// Fails as soon as there are two services: an alert about the stack itself.
		backends.write(this.prometheus, "rules/broken.yml", """
				groups:
				  - name: broken
				    rules:
				      - record: broken
				        expr: up * on (job) up
				""");
		backends.reload(this.prometheus);
		started(new Traffic(this.orders.address(), 5)).start();
		this.loki.ifPresent((process) -> post(process.endpoint() + "/v1/logs", OLD_LINE));
		this.tempo.ifPresent((process) -> post(process.endpoint() + "/v1/traces", SPAN_WITHOUT_ID));
	}

	/**
	 * Let some of the requests fail from now on.
	 */
	void fail() {
		this.orders.faults().set("{\"errorRatio\":0.3}");
		this.inventory.faults().set("{\"errorRatio\":0.05}");
	}

	// What is due every hour would be due every three minutes here.
	private static void evaluateOften(Path rules) {
		try {
			Files.writeString(rules, Files.readString(rules).replaceAll("(?m)(?<= interval: ).+$", "5s"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Whatever it is answered.
	private static void post(String address, String json) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build();
		Traffic.send(request);
	}

	private Sample sample(String name, String... arguments) {
		String[] telemetry = this.collector
			.map((process) -> new String[] { "--flowforge.observability.otlp.endpoint=" + process.endpoint() })
			.orElse(new String[] { "--management.tracing.export.otlp.enabled=false",
					"--management.logging.export.otlp.enabled=false" });
		return started(Sample.start(this.workspace, name,
				Stream.of(telemetry, arguments).flatMap(Stream::of).toArray(String[]::new)));
	}

	private void discover(Backends backends, String file, String labels, int port) {
		backends.write(this.prometheus, file, "- targets: ['127.0.0.1:%d']%n  labels: %s%n".formatted(port, labels));
	}

	private <T extends AutoCloseable> T started(T part) {
		this.parts.push(part);
		return part;
	}

	Workspace workspace() {
		return this.workspace;
	}

	URI alertmanager() {
		return this.alertmanager;
	}

	URI prometheus() {
		return this.prometheus;
	}

	Optional<LokiProcess> loki() {
		return this.loki;
	}

	Optional<TempoProcess> tempo() {
		return this.tempo;
	}

	boolean hasCollector() {
		return this.collector.isPresent();
	}

	@Override
	public void close() {
		this.parts.forEach(DashboardStack::close);
	}

	// None of them throws any.
	private static void close(AutoCloseable part) {
		try {
			part.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
