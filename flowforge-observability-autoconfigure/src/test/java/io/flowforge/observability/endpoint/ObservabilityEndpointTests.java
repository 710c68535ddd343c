package io.flowforge.observability.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.flowforge.observability.Findings;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a service says of its own observability at {@code /actuator/observability}.
 */
class ObservabilityEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=health,prometheus,observability";

	private static final String SECRET = "hunter2";

	@Test
	void isNotExposedUnlessAskedFor() throws IOException {
		try (TestService service = TestService.start()) {
			assertThat(service.send("/actuator/observability").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void tellsIdentityThresholdsAndDelivery() throws IOException {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(receiver.port(), "flowforge.observability.service.team=payments",
						"flowforge.observability.service.environment=staging",
						"flowforge.observability.alerts.latency-p99=300ms",
						"flowforge.observability.alerts.slo-objective=0.999",
						"flowforge.observability.alerts.slack-channel=#payments")) {
			service.get("/hello");
			await().untilAsserted(() -> {
				assertThat(describe(service).at("/signals/traces/state").asString()).isEqualTo("delivering");
				assertThat(describe(service).at("/signals/logs/state").asString()).isEqualTo("delivering");
			});
			JsonNode description = describe(service);
			assertThat(description.at("/service/application").asString()).isEqualTo("test-service");
			assertThat(description.at("/service/team").asString()).isEqualTo("payments");
			assertThat(description.at("/service/environment").asString()).isEqualTo("staging");
			assertThat(description.at("/thresholds/latencyP99").asDouble()).isEqualTo(0.3);
			assertThat(description.at("/thresholds/sloObjective").asDouble()).isEqualTo(0.999);
			assertThat(description.at("/thresholds/slackChannel").asString()).isEqualTo("#payments");
			assertThat(description.at("/signals/traces/endpoint").asString())
				.isEqualTo("http://127.0.0.1:%d/v1/traces".formatted(receiver.port()));
			JsonNode exporter = description.at("/signals/traces/exporters/0");
			assertThat(exporter.at("/name").asString()).isEqualTo("otlpHttpSpanExporter");
			assertThat(exporter.at("/address")).isEqualTo(description.at("/signals/traces/endpoint"));
			assertThat(exporter.at("/lastSuccess").isString()).isTrue();
			assertThat(description.at("/signals/traces/exporters")).hasSize(1);
			assertThat(description.at("/signals/traces/items/exported").asLong()).isPositive();
			assertThat(description.at("/signals/logs/queue/capacity").asInt()).isEqualTo(2048 + 512);
			assertThat(description.at("/findings")).isEmpty();
		}
	}

	@Test
	void tellsWhatIsWrongWithoutSecrets() throws IOException {
		try (TestService service = start(freePort(),
				"management.opentelemetry.logging.export.otlp.headers.x-key=" + SECRET)) {
			service.get("/hello");
			await().untilAsserted(
					() -> assertThat(describe(service).at("/signals/logs/state").asString()).isEqualTo("failing"));
			JsonNode logs = describe(service).at("/signals/logs");
			assertThat(logs.at("/lastError/message").asString()).isNotBlank().doesNotContain("\n");
			assertThat(logs.at("/lastSuccess").isString()).isFalse();
			assertThat(service.get("/actuator/observability")).doesNotContain(SECRET);
		}
	}

	@Test
	void saysWhichSignalIsOff() throws IOException {
		try (TestService service = TestService.start(EXPOSED, "management.logging.export.enabled=false")) {
			assertThat(describe(service).at("/signals/logs/state").asString()).isEqualTo("off");
			assertThat(describe(service).at("/signals/logs/exporters")).isEmpty();
			assertThat(describe(service).at("/signals/traces/state").asString()).isEqualTo("idle");
		}
	}

	@Test
	void findsWhatTheOwnerShouldKnow() throws IOException {
		try (TestService service = TestService.start("management.endpoints.web.exposure.include=observability",
				"flowforge.observability.redaction.keys=password,token",
				"management.otlp.tracing.endpoint=http://old:4318", "management.metrics.export.humio.repository=old")) {
			Map<String, String> findings = findings(describe(service));
			assertThat(findings).containsOnlyKeys("flowforge.observability.service.team",
					"flowforge.observability.redaction.keys", "management.endpoints.web.exposure.include",
					"management.otlp.tracing.endpoint", "management.metrics.export.humio.repository");
			assertThat(findings.get("management.endpoints.web.exposure.include")).contains("has no health, prometheus");
			assertThat(findings.get("flowforge.observability.redaction.keys"))
				.contains("authorization, cookie, secret, api-key");
			assertThat(findings.get("management.otlp.tracing.endpoint")).contains("ignores it")
				.contains("Use management.opentelemetry.tracing.export.otlp.endpoint instead");
		}
	}

	@Test
	void findingsThatFailHideNoOthers() throws IOException {
		try (TestService service = TestService.start(new Class<?>[] { FailingFindings.class }, EXPOSED)) {
			JsonNode findings = describe(service).at("/findings");
			assertThat(findings.valueStream().map((finding) -> finding.at("/subject").asString()))
				.contains("flowforge.observability.service.team")
				.anyMatch((subject) -> subject.contains(FailingFindings.class.getSimpleName()));
			assertThat(findings.toString()).contains("it throws java.lang.IllegalStateException")
				.doesNotContain(SECRET);
		}
	}

	private static TestService start(int port, String... properties) {
		return TestService.start(
				Stream.concat(
						Stream.of(EXPOSED,
								"flowforge.observability.otlp.endpoint=http://user:%s@127.0.0.1:%d".formatted(SECRET,
										port),
								"management.opentelemetry.tracing.export.schedule-delay=100ms",
								"management.opentelemetry.logging.export.schedule-delay=100ms"),
						Arrays.stream(properties))
					.toArray(String[]::new));
	}

	// Every answer is one of the schema's.
	private static JsonNode describe(TestService service) throws IOException {
		String body = service.get("/actuator/observability");
		String schema = Files.readString(Path.of("../docs/observability-endpoint.schema.json"));
		assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(schema, InputFormat.JSON)
			.validate(body, InputFormat.JSON)).isEmpty();
		return JsonMapper.shared().readTree(body);
	}

	private static Map<String, String> findings(JsonNode description) {
		return description.at("/findings")
			.valueStream()
			.collect(Collectors.toMap((finding) -> finding.at("/subject").asString(),
					(finding) -> finding.at("/message").asString()));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class FailingFindings {

		@Bean
		Findings failingFindings() {
			return () -> {
				throw new IllegalStateException("password=" + SECRET);
			};
		}

	}

}
