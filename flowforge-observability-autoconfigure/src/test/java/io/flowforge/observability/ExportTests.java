package io.flowforge.observability;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import com.google.protobuf.ByteString;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a real receiver is sent by a real service.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExportTests {

	private final OtlpReceiver receiver = OtlpReceiver.start();

	private TestService service = TestService.start("flowforge.observability.otlp.endpoint=" + this.receiver.endpoint(),
			"management.opentelemetry.tracing.export.schedule-delay=100ms",
			"management.opentelemetry.logging.export.schedule-delay=100ms", "spring.profiles.active=staging,eu",
			"flowforge.observability.service.team=checkout",
			"flowforge.observability.alerts.slack-channel=#checkout-alerts",
			"flowforge.observability.service.version=1.2.3", "flowforge.observability.service.instance-id=one");

	@AfterEach
	void stop() {
		this.service.close();
		this.receiver.close();
	}

	@BeforeEach
	void sendRequest() {
		this.service.get("/hello");
	}

	@Test
	void logRecordCarriesTheTraceOfItsRequest() {
		Span request = awaitSpan("GET /hello");
		LogRecord line = awaitLogRecord("Hello");
		assertThat(line.getTraceId()).isEqualTo(request.getTraceId()).isNotEqualTo(ByteString.EMPTY);
		assertThat(line.getSpanId()).isEqualTo(request.getSpanId());
		assertThat(line.getSeverityText()).isEqualTo("INFO");
		assertThat(attributes(line.getAttributesList())).containsEntry("customer", "c-17");
	}

	@Test
	void consoleLineCarriesTheSameTrace(CapturedOutput output) {
		this.service.get("/hello");
		await().untilAsserted(() -> assertThat(this.receiver.logRecords()
			.stream()
			.filter((line) -> line.getBody().getStringValue().equals("Hello"))
			.anyMatch((line) -> output.getAll().contains("[" + hex(line.getTraceId()) + "-" + hex(line.getSpanId()))))
			.isTrue());
	}

	@Test
	void exceptionArrivesWithItsStackTrace() {
		this.service.get("/fail");
		await().untilAsserted(() -> assertThat(this.receiver.logRecords()).anySatisfy((line) -> {
			Map<String, String> attributes = attributes(line.getAttributesList());
			assertThat(line.getSeverityText()).isEqualTo("ERROR");
			assertThat(attributes).containsEntry("exception.type", "java.lang.IllegalStateException")
				.containsEntry("exception.message", "This request fails");
			assertThat(attributes.get("exception.stacktrace")).contains("Controller.fail");
		}));
	}

	@Test
	void workOfAnAsyncMethodStaysInItsTrace() {
		this.service.get("/background");
		Span request = awaitSpan("GET /background");
		assertThat(awaitLogRecord("Work in the background").getTraceId()).isEqualTo(request.getTraceId());
	}

	@Test
	void resourceSaysWhoSentIt() {
		awaitSpan("GET /hello");
		awaitLogRecord("Hello");
		assertThat(this.receiver.resources())
			.allSatisfy((resource) -> assertThat(attributes(resource)).containsEntry("service.name", "test-service")
				.containsEntry("deployment.environment.name", "staging")
				.containsEntry("service.version", "1.2.3")
				.containsEntry("service.instance.id", "one")
				.containsEntry("flowforge.team", "checkout")
				.containsEntry("flowforge.slack_channel", "#checkout-alerts"));
	}

	private Span awaitSpan(String name) {
		return await()
			.until(() -> this.receiver.spans().stream().filter((span) -> span.getName().equals(name)).findFirst(),
					(span) -> span.isPresent())
			.orElseThrow();
	}

	private LogRecord awaitLogRecord(String body) {
		return await()
			.until(() -> this.receiver.logRecords()
				.stream()
				.filter((line) -> line.getBody().getStringValue().equals(body))
				.findFirst(), (line) -> line.isPresent())
			.orElseThrow();
	}

	private static Map<String, String> attributes(Resource resource) {
		return attributes(resource.getAttributesList());
	}

	private static Map<String, String> attributes(Iterable<KeyValue> keyValues) {
		Map<String, String> attributes = new TreeMap<>();
		keyValues.forEach((keyValue) -> attributes.put(keyValue.getKey(), keyValue.getValue().getStringValue()));
		return attributes;
	}

	private static String hex(ByteString bytes) {
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

}
