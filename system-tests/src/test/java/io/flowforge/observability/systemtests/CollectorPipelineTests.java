package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.flowforge.drill.server.OtelCollector;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.process.Programs;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way of a span and of a log record through the real OpenTelemetry Collector, with
 * the configuration of the stack; and which Collector that is.
 */
class CollectorPipelineTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final String LOOPBACK = "127.0.0.1";

	private final OtlpReceiver receiver = OtlpReceiver.start();

	private Optional<OtelCollector> collector = Optional.empty();

	@AfterEach
	void stop() {
		this.collector.ifPresent(OtelCollector::close);
		this.receiver.close();
	}

	@Test
	void tracesAndLogsOfAServiceArriveThroughIt(@TempDir Path folder) throws Exception {
		URI endpoint = startCollector(folder, "config.yaml",
				"OTEL_RESOURCE_ATTRIBUTES=k8s.cluster.name=blue,service.name=collector");
		try (Sample service = Sample.start(Workspace.ofBuild(folder), "inventory-service",
				"--flowforge.observability.otlp.endpoint=" + endpoint,
				"--flowforge.observability.web.access-log.requests=all")) {
			HttpResponse<Void> response = Traffic.send(Traffic.get(service.address().resolve("/stock/A-100")));
			String traceId = response.headers().firstValue("X-Trace-Id").orElseThrow();
			await("the span of the request", () -> this.receiver.spans()
				.stream()
				.anyMatch(
						(span) -> hex(span.getTraceId()).equals(traceId) && span.getName().equals("GET /stock/{sku}")));
			await("a log line of the request",
					() -> this.receiver.logRecords()
						.stream()
						.anyMatch((line) -> hex(line.getTraceId()).equals(traceId)));
		}
		assertThat(this.receiver.resources()).isNotEmpty()
			.allSatisfy((resource) -> assertThat(texts(resource.getAttributesList()))
				.containsEntry("service.name", "inventory-service")
				.containsEntry("deployment.environment.name", "demo")
				.containsEntry("k8s.cluster.name", "blue"));
	}

	@Test
	void manySmallRequestsLeaveAsFew(@TempDir Path folder) {
		URI endpoint = startCollector(folder, "config.yaml");
		for (int i = 1; i <= 40; i++) {
			send(endpoint, "%016x".formatted(i), 1, "[]", 1);
		}
		await("all of them", () -> this.receiver.spans().size() == 40);
		assertThat(this.receiver.requests()).isLessThan(10);
	}

	// A backend that takes no request of that size would never take it, however often it
	// is sent.
	@Test
	void aLargeRequestLeavesInSmallOnes(@TempDir Path folder) {
		URI endpoint = startCollector(folder, "config.yaml");
		String line = "{\"body\": {\"stringValue\": \"%s\"}}".formatted("long ".repeat(12_000));
		Http.send("POST", endpoint.resolve("/v1/logs"),
				"{\"resourceLogs\": [{\"scopeLogs\": [{\"logRecords\": [%s]}]}]}"
					.formatted(String.join(",", Collections.nCopies(134, line))));
		await("all of it", () -> this.receiver.logRecords().size() == 134);
		// Of 8 MB.
		assertThat(this.receiver.requests()).isGreaterThanOrEqualTo(4);
	}

	@Test
	void recordsThatLokiWouldRefuseArriveShortened(@TempDir Path folder) {
		URI endpoint = startCollector(folder, "config.yaml");
		LargeRecords.sendFromAnotherLibrary(endpoint);
		LargeRecords.sendFromService(REPOSITORY, folder, endpoint);
		LogRecord payload = awaitLine("Payload xxx");
		assertThat(payload.getBody().getStringValue()).endsWith("… [shortened from 600000 bytes]");
		assertThat(texts(awaitLine("Payload refused").getAttributesList()).get("exception.message"))
			.endsWith("… [shortened from 100000 bytes]");

		assertThat(awaitLine("Long ").getBody().getStringValue()).endsWith("ü… [shortened from 600007 bytes]");
		Map<String, String> failed = texts(awaitLine("Failed").getAttributesList());
		assertThat(failed).containsEntry("exception.type", "com.example.Failure");
		assertThat(failed.get("exception.message")).startsWith("mmm").endsWith("… [shortened]");
		assertThat(failed.get("exception.stacktrace")).startsWith("com.example.Failure: ").endsWith("… [shortened]");
		LogRecord many = awaitLine("Many");
		assertThat(texts(many.getAttributesList())).hasSize(64).containsEntry("exception.message", "Sold out");
		assertThat(many.getDroppedAttributesCount()).isEqualTo(237);
		assertThat(texts(awaitLine("Small").getAttributesList())).isEqualTo(Map.of("customer", "c-17"));
		assertThat(this.receiver.logRecords()).allSatisfy((line) -> {
			assertThat(line.getBody().getStringValueBytes().size()).isLessThanOrEqualTo(65_536);
			// Loki writes the resource's beside them, and accepts 64 KiB and 128 of both.
			assertThat(bytes(line.getAttributesList())).isLessThan(49_500);
			assertThat(line.getAttributesCount()).isLessThanOrEqualTo(64);
		});
		assertThat(this.receiver.resources())
			.allSatisfy((resource) -> assertThat(bytes(resource.getAttributesList())).isLessThan(12_288));
	}

	private LogRecord awaitLine(String beginning) {
		return Waiting.forValue("A line \"%s\" has not come".formatted(beginning), LIMIT,
				() -> this.receiver.logRecords()
					.stream()
					.filter((line) -> line.getBody().getStringValue().startsWith(beginning))
					.findFirst());
	}

	private static int bytes(List<KeyValue> attributes) {
		return attributes.stream().mapToInt(KeyValue::getSerializedSize).sum();
	}

	@Test
	void whatTheBackendRefusesForGoodIsCounted(@TempDir Path folder) throws IOException {
		HttpServer refusing = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
		refusing.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(400, -1);
			exchange.close();
		});
		refusing.start();
		try {
			URI endpoint = startCollector(folder, "config.yaml",
					"COLLECTOR_TRACES_ENDPOINT=http://%s:%d".formatted(LOOPBACK, refusing.getAddress().getPort()),
					"COLLECTOR_LOGS_ENDPOINT=http://%s:%d".formatted(LOOPBACK, refusing.getAddress().getPort()));
			send(endpoint, "0000000000000001", 1, "[]", 1);
			Http.send("POST", endpoint.resolve("/v1/logs"),
					"{\"resourceLogs\": [{\"scopeLogs\": [{\"logRecords\": [{\"body\": {\"stringValue\": \"a line\"}}]}]}]}");
			URI metrics = this.collector.orElseThrow().metrics();
			// By the names that the rules know.
			for (String failed : List.of("otelcol_exporter_send_failed_spans",
					"otelcol_exporter_send_failed_log_records")) {
				assertThat(REPOSITORY.file("prometheus-rules/telemetry.yml")).content().contains(failed + "[5m]");
				await(failed,
						() -> Http.get(metrics)
							.lines()
							.anyMatch((line) -> line.startsWith(failed + "{") && line.endsWith(" 1")));
			}
		}
		finally {
			refusing.stop(0);
		}
	}

	@Test
	void tailSamplingKeepsWhatFailedAndWhatWasSlow(@TempDir Path folder) {
		URI endpoint = startCollector(folder, "tail-sampling.yaml", "COLLECTOR_DECISION_WAIT=1s",
				"COLLECTOR_SAMPLING_PERCENT=0", "COLLECTOR_SLOW_MS=500");
		for (int i = 1; i <= 20; i++) {
			send(endpoint, "%016x".formatted(i), 0.1, "[]", 1);
		}
		send(endpoint, "00000000000000f1", 0.1, "[]", 2);
		// Of its two spans the child was slow.
		send(endpoint, "00000000000000f2", 0.1, "[]", 1);
		send(endpoint, "00000000000000f2", 0.7, "[]", 1);
		// The last one: when it is through, all the others have been judged.
		send(endpoint, "00000000000000f3", 0.7, "[]", 1);
		await("what is kept", () -> this.receiver.spans().size() >= 4);
		assertThat(this.receiver.spans()).extracting((span) -> hex(span.getTraceId()).substring(16))
			.containsExactlyInAnyOrder("00000000000000f1", "00000000000000f2", "00000000000000f2", "00000000000000f3");
	}

	@Test
	void isMadeOfWhatItsConfigurationUses() throws IOException {
		List<String> kinds = List.of("receivers", "processors", "exporters", "extensions");
		Set<String> used = new TreeSet<>();
		for (String file : List.of("config.yaml", "tail-sampling.yaml")) {
			Map<String, Map<String, Object>> sections = new Yaml()
				.load(Files.readString(REPOSITORY.file("stack/otel-collector/" + file)));
			for (String section : kinds) {
				sections.getOrDefault(section, Map.of())
					.keySet()
					.forEach((name) -> used.add(section + " " + name.replaceAll("/.*|_", "")));
			}
		}
		Set<String> listed = new TreeSet<>();
		Map<String, List<Map<String, String>>> manifest = new Yaml()
			.load(Files.readString(REPOSITORY.file("stack/otel-collector/builder.yaml")));
		for (String kind : kinds) {
			manifest.get(kind)
				.forEach((module) -> listed.add(kind + " " + module.get("gomod")
					.replaceAll(".*/(\\w+?)(receiver|processor|exporter|extension)? v.*", "$1")));
		}
		assertThat(listed).isEqualTo(used);
	}

	// The second file of FLOWFORGE_COLLECTOR_CONFIG, as the pages have it.
	@ParameterizedTest
	@ValueSource(strings = { "docs/how-to/virtual-machines.md", "docs/how-to/otlp-to-a-vendor.md" })
	void listingOfThePageIsAccepted(String page, @TempDir Path folder) throws IOException {
		String listing = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(REPOSITORY.file(page)))
			.results()
			.map((result) -> result.group(1))
			.filter((text) -> text.contains("pipelines:"))
			.findFirst()
			.orElseThrow();
		Path file = Files.writeString(folder.resolve("listing.yaml"), listing);
		Optional<Path> program = new Collector(REPOSITORY).find();
		Assumptions.assumeTrue(program.isPresent(), TestBackends.NO_COLLECTOR);
		Programs.Result result = Programs.run(REPOSITORY.file("stack/otel-collector"), program.orElseThrow().toString(),
				"validate", "--config=config.yaml", "--config=" + file);
		assertThat(result).isEqualTo(new Programs.Result(0, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "config.yaml", "tail-sampling.yaml" })
	void itsOwnCheckAcceptsIt(String option) {
		Optional<Path> program = new Collector(REPOSITORY).find();
		Assumptions.assumeTrue(program.isPresent(), TestBackends.NO_COLLECTOR);
		Path folder = REPOSITORY.file("stack/otel-collector");
		Programs.Result result = Programs.run(folder, program.orElseThrow().toString(), "validate",
				"--config=config.yaml", "--config=" + option);
		assertThat(result).isEqualTo(new Programs.Result(0, ""));
	}

	@Test
	void secretsOfServicesWithoutTheStarterEndHere(@TempDir Path folder) {
		URI endpoint = startCollector(folder, "config.yaml");
		String url = "http://user:hunter2@host/cart;jsessionid=hunter2?page=2&api_key=hunter2&sig=hunter2&X-Amz-Date=hunter2#top";
		String attributes = """
				[{"key": "db.password", "value": {"stringValue": "hunter2"}},
				 {"key": "private.secret", "value": {"stringValue": "hunter2\\nhunter2"}},
				 {"key": "http.request.header.X-Api-Key", "value": {"stringValue": "hunter2"}},
				 {"key": "accessToken", "value": {"intValue": "2222"}},
				 {"key": "spring.security.authorization.decision", "value": {"stringValue": "granted"}},
				 {"key": "url.full", "value": {"stringValue": "%s"}},
				 {"key": "url.query", "value": {"stringValue": "access_token=hunter2&page=2"}},
				 {"key": "design", "value": {"stringValue": "a=b&sigma=1"}},
				 {"key": "customer", "value": {"stringValue": "Ada"}}]
				""".formatted(url);
		Http.send("POST", endpoint.resolve("/v1/traces"),
				"""
						{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "%1$s%1$s", "spanId": "%1$s", "name": "GET %3$s",
						 "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": "1700000001000000000", "attributes": %2$s,
						 "status": {"message": "No answer from %3$s"}, "events": [{"name": "exception", "attributes":
						 [{"key": "exception.message", "value": {"stringValue": "No answer from %3$s"}}]}]}]}]}]}
						"""
					.formatted("0000000000000001", attributes, url));
		Http.send("POST", endpoint.resolve("/v1/logs"), """
				{"resourceLogs": [{"scopeLogs": [{"logRecords": [{"timeUnixNano": "1700000000000000000",
				 "body": {"stringValue": "Calling %s"}, "attributes": %s}]}]}]}
				""".formatted(url, attributes));
		await("both", () -> !this.receiver.spans().isEmpty() && !this.receiver.logRecords().isEmpty());
		assertThat(this.receiver.spans().toString() + this.receiver.logRecords()).doesNotContain("hunter2");
		String redacted = "http://host/cart;jsessionid=[redacted]&api_key=[redacted]&sig=[redacted]&X-Amz-Date=[redacted]#top";
		assertThat(List.of(this.receiver.spans().get(0).getAttributesList(),
				this.receiver.logRecords().get(0).getAttributesList()))
			.allSatisfy((arrived) -> assertThat(texts(arrived))
				.containsExactlyInAnyOrderEntriesOf(Map.of("db.password", "[redacted]", "private.secret", "[redacted]",
						"http.request.header.X-Api-Key", "[redacted]", "accessToken", "[redacted]",
						"spring.security.authorization.decision", "granted", "url.full", redacted, "url.query",
						"access_token=[redacted]&page=2", "design", "a=b&sigma=1", "customer", "Ada")));
		Span span = this.receiver.spans().get(0);
		assertThat(span.getName()).isEqualTo("GET " + redacted);
		assertThat(span.getStatus().getMessage()).isEqualTo("No answer from " + redacted);
		assertThat(texts(span.getEvents(0).getAttributesList())).containsEntry("exception.message",
				"No answer from " + redacted);
		assertThat(this.receiver.logRecords().get(0).getBody().getStringValue()).isEqualTo("Calling " + redacted);
	}

	@Test
	void anInstalledOneIsUsedIfItTakesTheConfiguration(@TempDir Path folder) {
		Path installed = folder.resolve("otelcol");
		program(installed, "test \"$1\" = validate");
		assertThat(find(folder)).isEqualTo(new Programs.Result(0, installed + "\n"));
		program(installed, "exit 1");
		assertThat(find(folder).status()).isNotZero();
	}

	// With nothing that was built before, and nothing built now.
	private static Programs.Result find(Path installed) {
		return Programs.run(REPOSITORY.root(),
				Map.of("PATH", installed + ":/usr/bin:/bin", "XDG_CACHE_HOME", installed.resolve("cache").toString()),
				"", Duration.ofMinutes(2), List.of(Programs.java(), "-cp", System.getProperty("java.class.path"),
						"io.flowforge.launcher.Main", "collector", "--no-build"));
	}

	private static void program(Path file, String command) {
		try {
			Files.writeString(file, "#!/bin/sh\n" + command + "\n");
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private URI startCollector(Path folder, String option, String... environment) {
		Map<String, String> variables = new HashMap<>(Map.of("COLLECTOR_TRACES_ENDPOINT", this.receiver.endpoint(),
				"COLLECTOR_LOGS_ENDPOINT", this.receiver.endpoint()));
		Stream.of(environment)
			.map((variable) -> variable.split("=", 2))
			.forEach((variable) -> variables.put(variable[0], variable[1]));
		this.collector = OtelCollector.start(Workspace.ofBuild(folder), option, variables);
		Assumptions.assumeTrue(this.collector.isPresent(), TestBackends.NO_COLLECTOR);
		return this.collector.orElseThrow().endpoint();
	}

	private static void send(URI endpoint, String id, double seconds, String attributes, int status) {
		Http.send("POST", endpoint.resolve("/v1/traces"),
				"""
						{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "%1$s%1$s", "spanId": "%1$s", "name": "a span",
						 "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": "%2$d", "attributes": %3$s,
						 "status": {"code": %4$d}}]}]}]}
						"""
					.formatted(id, 1_700_000_000_000_000_000L + (long) (seconds * 1_000_000_000), attributes, status));
	}

	private static void await(String what, BooleanSupplier condition) {
		Waiting.until(what + " has not come", LIMIT, condition);
	}

	private static Map<String, String> texts(List<KeyValue> attributes) {
		Map<String, String> texts = new HashMap<>();
		attributes.forEach((attribute) -> texts.put(attribute.getKey(), attribute.getValue().getStringValue()));
		return texts;
	}

	private static String hex(ByteString id) {
		StringBuilder text = new StringBuilder();
		id.forEach((octet) -> text.append("%02x".formatted(octet)));
		return text.toString();
	}

}
