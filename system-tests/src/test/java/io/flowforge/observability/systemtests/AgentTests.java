package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.dashboards.DashboardQuery;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.process.Ports;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services with the starter and services with OpenTelemetry's Java agent use the same
 * words: one dashboard, one link in an alert and one policy of the Collector find the
 * failed requests of both. Each sample answers one request with a 503, from an exception
 * handler, and one with a 404. What they export is kept, and given to the real backends.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final Service STARTER = new Service("orders-service", "000000000000000000000000000000a1",
			"000000000000000000000000000000a2");

	private static final Service AGENT = new Service("orders-with-agent", "000000000000000000000000000000b1",
			"000000000000000000000000000000b2");

	private static final List<Service> BOTH = List.of(STARTER, AGENT);

	private static final Pattern IN_RULES = Pattern.compile("printf `(\\{resource[^`]*)`");

	private static final Pattern IN_RUNBOOKS = Pattern.compile("(?s)```traceql\\s+(.*?)\\s+```");

	private static final Pattern ATTRIBUTE = Pattern.compile("\\b(?:resource|span)\\.([a-z_.]+)");

	private static final Pattern STANDARD = Pattern
		.compile("(http|url)\\..+|error\\.type|server\\.address|network\\.protocol\\..+");

	private final OtlpReceiver receiver = OtlpReceiver.start();

	private Workspace workspace;

	@BeforeAll
	void exportOneFailedRequestOfEach(@TempDir Path folder) throws IOException {
		this.workspace = Workspace.ofBuild(folder);
		String nobody = "--orders.inventory-url=http://127.0.0.1:" + Ports.free();
		try (Sample starter = Sample.start(this.workspace, "orders-service", nobody,
				"--flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
				"--management.opentelemetry.tracing.export.schedule-delay=200ms");
				Sample agent = Sample.start(this.workspace, "orders-service", AGENT.name(),
						List.of("-javaagent:" + agent(), "-Dotel.service.name=" + AGENT.name(),
								"-Dotel.resource.attributes=deployment.environment.name=demo",
								"-Dotel.exporter.otlp.endpoint=" + this.receiver.endpoint(),
								"-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none",
								"-Dotel.bsp.schedule.delay=200", "--flowforge.observability.enabled=false",
								"--management.tracing.export.enabled=false",
								"--management.logging.export.enabled=false",
								"--management.otlp.metrics.export.enabled=false", nobody))) {
			send(starter, STARTER);
			send(agent, AGENT);
			await("the spans of both", () -> BOTH.stream()
				.allMatch((service) -> spans(service.answered()).count() == 1 && spans(service.failed()).count() == 2));
		}
	}

	private static Path agent() throws IOException {
		try (Stream<Path> jars = Files.list(Path.of("target/agent"))) {
			return jars.findFirst().orElseThrow().toAbsolutePath();
		}
	}

	private static void send(Sample sample, Service service) {
		HttpRequest unknown = Traffic.get(sample.address().resolve("/orders/unknown"));
		assertThat(Traffic.send(inTrace(service.answered(), unknown)).statusCode()).isEqualTo(404);
		HttpRequest order = Traffic.order(sample.address());
		assertThat(Traffic.send(inTrace(service.failed(), order)).statusCode()).isEqualTo(503);
	}

	private static HttpRequest inTrace(String id, HttpRequest request) {
		return HttpRequest.newBuilder(request, (name, value) -> true)
			.header("traceparent", "00-%s-00000000000000c1-01".formatted(id))
			.build();
	}

	@AfterAll
	void stop() {
		this.receiver.close();
	}

	@Test
	void spansAreAlike() {
		Span starter = span(STARTER.failed(), Span.SpanKind.SPAN_KIND_SERVER);
		Span agent = span(AGENT.failed(), Span.SpanKind.SPAN_KIND_SERVER);
		assertThat(List.of(starter, agent)).allSatisfy((span) -> {
			assertThat(span.getName()).isEqualTo("POST /orders");
			assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		});
		assertThat(standard(starter)).containsAllEntriesOf(standard(agent));
		for (Span.SpanKind kind : List.of(Span.SpanKind.SPAN_KIND_SERVER, Span.SpanKind.SPAN_KIND_CLIENT)) {
			Map<String, AnyValue> ofStarter = attributes(span(STARTER.failed(), kind).getAttributesList());
			Map<String, AnyValue> ofAgent = attributes(span(AGENT.failed(), kind).getAttributesList());
			assertThat(ofStarter.keySet()).contains("http.request.method", "server.address", "server.port",
					"error.type");
			ofStarter.keySet().retainAll(ofAgent.keySet());
			assertThat(types(ofStarter)).isEqualTo(types(ofAgent, ofStarter.keySet()));
		}
		assertThat(BOTH).allSatisfy((service) -> {
			Span answered = span(service.answered(), Span.SpanKind.SPAN_KIND_SERVER);
			assertThat(answered.getName()).isEqualTo("GET /orders/{id}");
			assertThat(answered.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
		});
	}

	@Test
	void bothHaveWhatQueriesAskFor() {
		Set<String> names = queries(STARTER.name()).flatMap((query) -> ATTRIBUTE.matcher(query).results())
			.map((attribute) -> attribute.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(names).contains("service.name", "deployment.environment.name", "http.route",
				"http.response.status_code");
		Map<String, AnyValue> starter = allAttributes(STARTER);
		Map<String, AnyValue> agent = allAttributes(AGENT);
		assertThat(starter).containsKeys(names.toArray(String[]::new));
		assertThat(types(starter, names)).isEqualTo(types(agent, names));
	}

	@Test
	void collectorKeepsTheFailedRequestsOfBoth() throws Exception {
		try (OtlpReceiver kept = OtlpReceiver.start()) {
			Optional<OtelCollector> started = OtelCollector.start(this.workspace, "tail-sampling.yaml",
					Map.of("COLLECTOR_TRACES_ENDPOINT", kept.endpoint(), "COLLECTOR_LOGS_EXPORTER", "nop",
							"COLLECTOR_DECISION_WAIT", "1s", "COLLECTOR_SAMPLING_PERCENT", "0", "COLLECTOR_SLOW_MS",
							"60000"));
			Assumptions.assumeTrue(started.isPresent(), TestBackends.NO_COLLECTOR);
			try (OtelCollector collector = started.orElseThrow()) {
				deliver(collector.endpoint().toString());
				await("the failed requests", () -> kept.spans().size() >= BOTH.size());
			}
			assertThat(kept.spans()).extracting(AgentTests::traceId)
				.containsExactlyInAnyOrder(STARTER.failed(), AGENT.failed());
		}
	}

	@Test
	void queriesFindTheFailedRequestsOfBoth() throws Exception {
		try (TempoProcess tempo = new TempoProcess(this.workspace, URI.create("http://127.0.0.1:1"))) {
			deliver(tempo.endpoint());
			for (Service service : BOTH) {
				assertThat(queries(service.name())).hasSizeGreaterThan(3).allSatisfy((query) -> {
					await("%s by %s".formatted(service.failed(), query),
							() -> tempo.search(query).contains(service.failed()));
					if (query.contains("status=error")) {
						assertThat(tempo.search(query)).containsExactly(service.failed());
					}
				});
			}
		}
	}

	/**
	 * The queries of rules, runbooks and dashboards.
	 * @param service the service that they ask for
	 * @return queries in TraceQL
	 */
	private static Stream<String> queries(String service) {
		Stream<String> rules = REPOSITORY.yamlFiles("prometheus-rules")
			.stream()
			.flatMap((file) -> IN_RULES.matcher(read(file)).results())
			.map((query) -> query.group(1)
				.replaceFirst("%q", '"' + service + '"')
				.replaceFirst("%q", "\"demo\"")
				.replace("%.0f", "0"));
		Stream<String> runbooks = files("docs/runbooks").flatMap((file) -> IN_RUNBOOKS.matcher(read(file)).results())
			.map((query) -> query.group(1).replace("orders-service", service).replace("duration>2s", "duration>0s"));
		Stream<String> dashboards = DashboardQuery.all()
			.filter((query) -> query.source().equals("tempo"))
			.map((query) -> query.expression(service, "1h", "1m"));
		return Stream.of(rules, runbooks, dashboards).flatMap((queries) -> queries).distinct();
	}

	private static Stream<Path> files(String folder) {
		try (Stream<Path> files = Files.list(REPOSITORY.file(folder))) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Without the calls to the inventory, which failed, too: by them alone, each trace
	// would be found.
	private void deliver(String endpoint) throws IOException, InterruptedException {
		ExportTraceServiceRequest.Builder requests = ExportTraceServiceRequest.newBuilder()
			.addAllResourceSpans(this.receiver.resourceSpans());
		requests.getResourceSpansBuilderList()
			.stream()
			.flatMap((resource) -> resource.getScopeSpansBuilderList().stream())
			.forEach((scope) -> {
				List<Span> ofServer = scope.getSpansList()
					.stream()
					.filter((span) -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
					.toList();
				scope.clearSpans().addAllSpans(ofServer);
			});
		byte[] spans = requests.build().toByteArray();
		HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/v1/traces"))
			.header("Content-Type", "application/x-protobuf")
			.POST(HttpRequest.BodyPublishers.ofByteArray(spans))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
			.isEqualTo(200);
	}

	private Stream<Span> spans(String traceId) {
		return this.receiver.spans().stream().filter((span) -> traceId(span).equals(traceId));
	}

	private Span span(String traceId, Span.SpanKind kind) {
		return spans(traceId).filter((span) -> span.getKind() == kind).findFirst().orElseThrow();
	}

	private static String traceId(Span span) {
		return HexFormat.of().formatHex(span.getTraceId().toByteArray());
	}

	private static Map<String, AnyValue> standard(Span span) {
		Map<String, AnyValue> attributes = attributes(span.getAttributesList());
		attributes.keySet().removeIf((name) -> !STANDARD.matcher(name).matches());
		return attributes;
	}

	// Of the failed request's own span, and of its resource.
	private Map<String, AnyValue> allAttributes(Service service) {
		Map<String, AnyValue> attributes = attributes(
				span(service.failed(), Span.SpanKind.SPAN_KIND_SERVER).getAttributesList());
		this.receiver.resourceSpans()
			.stream()
			.map(ResourceSpans::getResource)
			.map((resource) -> attributes(resource.getAttributesList()))
			.filter((resource) -> resource.get("service.name").getStringValue().equals(service.name()))
			.forEach(attributes::putAll);
		return attributes;
	}

	private static Map<String, AnyValue> attributes(List<KeyValue> attributes) {
		return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	private static Map<String, AnyValue.ValueCase> types(Map<String, AnyValue> attributes) {
		return types(attributes, attributes.keySet());
	}

	private static Map<String, AnyValue.ValueCase> types(Map<String, AnyValue> attributes, Set<String> names) {
		return names.stream()
			.filter(attributes::containsKey)
			.collect(Collectors.toMap((name) -> name, (name) -> attributes.get(name).getValueCase()));
	}

	private static void await(String what, BooleanSupplier condition) {
		Waiting.until(what + " have not come", LIMIT, condition);
	}

	/**
	 * A service and the traces of its requests.
	 *
	 * @param name its name
	 * @param failed the id of the trace with the 503
	 * @param answered the id of the trace with the 404
	 */
	private record Service(String name, String failed, String answered) {

	}

}
