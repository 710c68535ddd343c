package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way of a span and of a log record through the real OpenTelemetry Collector, with
 * the configuration of the stack; and which Collector that is.
 */
class CollectorPipelineTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String LOOPBACK = "127.0.0.1";

	private final OtlpReceiver receiver = OtlpReceiver.start();

	private Optional<CollectorProcess> collector = Optional.empty();

	@AfterEach
	void stop() {
		this.collector.ifPresent(CollectorProcess::close);
		this.receiver.close();
	}

	@Test
	void tracesAndLogsOfAServiceArriveThroughIt(@TempDir Path folder) throws Exception {
		URI endpoint = startCollector(folder);
		try (Sample service = new Sample("inventory-service", folder, LOOPBACK,
				"--flowforge.observability.otlp.endpoint=" + endpoint)) {
			HttpResponse<Void> response = Http.CLIENT.send(Traffic.get(service.address().resolve("/stock/A-100")),
					HttpResponse.BodyHandlers.discarding());
			String traceId = response.headers().firstValue("X-Trace-Id").orElseThrow();
			await("the span of the request",
					() -> this.receiver.spans()
						.stream()
						.anyMatch((span) -> hex(span.getTraceId()).equals(traceId)
								&& span.getName().equals("http get /stock/{sku}")));
			await("a log line of the request",
					() -> this.receiver.logRecords()
						.stream()
						.anyMatch((line) -> hex(line.getTraceId()).equals(traceId)));
		}
		assertThat(this.receiver.resources()).isNotEmpty()
			.allSatisfy((resource) -> assertThat(texts(resource.getAttributesList()))
				.containsEntry("service.name", "inventory-service")
				.containsEntry("deployment.environment.name", "demo"));
	}

	@Test
	void secretsOfServicesWithoutTheStarterEndHere(@TempDir Path folder) {
		URI endpoint = startCollector(folder);
		String attributes = """
				[{"key": "db.password", "value": {"stringValue": "hunter2"}},
				 {"key": "http.request.header.X-Api-Key", "value": {"stringValue": "hunter2"}},
				 {"key": "accessToken", "value": {"intValue": "2222"}},
				 {"key": "spring.security.authorization.decision", "value": {"stringValue": "granted"}},
				 {"key": "customer", "value": {"stringValue": "Ada"}}]
				""";
		Http.send("POST", endpoint.resolve("/v1/traces"),
				"""
						{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "%1$s%1$s", "spanId": "%1$s", "name": "a span",
						 "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": "1700000001000000000", "attributes": %2$s}]}]}]}
						"""
					.formatted("0000000000000001", attributes));
		Http.send("POST", endpoint.resolve("/v1/logs"), """
				{"resourceLogs": [{"scopeLogs": [{"logRecords": [{"timeUnixNano": "1700000000000000000",
				 "body": {"stringValue": "a line"}, "attributes": %s}]}]}]}
				""".formatted(attributes));
		await("both", () -> !this.receiver.spans().isEmpty() && !this.receiver.logRecords().isEmpty());
		assertThat(List.of(this.receiver.spans().get(0).getAttributesList(),
				this.receiver.logRecords().get(0).getAttributesList()))
			.allSatisfy((arrived) -> assertThat(texts(arrived)).containsExactlyInAnyOrderEntriesOf(
					Map.of("db.password", "****", "http.request.header.X-Api-Key", "****", "accessToken", "****",
							"spring.security.authorization.decision", "granted", "customer", "Ada")));
	}

	@Test
	void anInstalledOneIsUsedIfItTakesTheConfiguration(@TempDir Path folder) {
		Path installed = folder.resolve("otelcol");
		program(installed, "test \"$1\" = validate");
		assertThat(find(folder)).isEqualTo(new Program.Result(0, installed + "\n"));
		program(installed, "exit 1");
		assertThat(find(folder).status()).isNotZero();
	}

	// With nothing that was built before, and nothing built now.
	private static Program.Result find(Path installed) {
		return Program.run(installed,
				Map.of("PATH", installed + ":/usr/bin:/bin", "XDG_CACHE_HOME", installed.resolve("cache").toString()),
				"", Repository.file("stack/collector").toString(), "--no-build");
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

	private URI startCollector(Path folder) {
		this.collector = CollectorProcess.start(folder, LOOPBACK, "COLLECTOR_TRACES_EXPORTER=otlp_http/traces",
				"COLLECTOR_TRACES_ENDPOINT=" + this.receiver.endpoint(), "COLLECTOR_LOGS_EXPORTER=otlp_http/logs",
				"COLLECTOR_LOGS_ENDPOINT=" + this.receiver.endpoint());
		Assumptions.assumeTrue(this.collector.isPresent(),
				"There is no OpenTelemetry Collector; 'stack/collector' builds one where Go is there");
		return URI.create(this.collector.orElseThrow().endpoint());
	}

	private static void await(String what, BooleanSupplier condition) {
		Waiting.until(what, LIMIT, () -> Optional.of(true).filter((yes) -> condition.getAsBoolean()), Waiting.SILENTLY);
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
