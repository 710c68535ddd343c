package io.flowforge.observability.logging.json;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * What a machine reads of the events of a real service: the Elastic Common Schema.
 */
@ExtendWith(OutputCaptureExtension.class)
class JsonConsoleLineTests {

	private static final String SECRET = "hunter2";

	private static OtlpReceiver receiver;

	private static TestService service;

	@BeforeAll
	static void start() {
		receiver = OtlpReceiver.start();
		service = TestService.start(new Class<?>[] { Orders.class }, "flowforge.observability.logging.console=json",
				"flowforge.observability.service.environment=staging",
				"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
				"flowforge.observability.web.access-log.enabled=false",
				"management.opentelemetry.logging.export.schedule-delay=100ms");
		// The first request also logs that the servlet is there.
		service.get("/order");
	}

	@AfterAll
	static void stop() {
		service.close();
		receiver.close();
	}

	@Test
	void lineOfARequestHasEveryMember(CapturedOutput output) {
		String traceId = service.send("/order").headers().firstValue("X-Trace-Id").orElseThrow();
		Map<String, Object> line = JsonLines.lastOf(output.getOut(), "Order 17");
		assertThat(line).containsOnlyKeys("@timestamp", "log", "process", "service", "message", "tags", "ecs",
				"trace_id", "span_id", "labels");
		assertThat(line).containsEntry("log", Map.of("level", "WARN", "logger", Orders.class.getName()))
			.containsEntry("trace_id", traceId)
			.containsEntry("labels",
					Map.of("user", "ann", "customer", "c-17", "attempts", 3, "price", 9.99, "first", true, "kind",
							"EXPRESS"))
			.containsEntry("tags", List.of("AUDIT"));
		assertThat(JsonLines.object(line, "service")).containsEntry("name", "test-service")
			.containsEntry("environment", "staging");
		assertThat(Instant.parse(line.get("@timestamp").toString())).isCloseTo(Instant.now(),
				within(1, ChronoUnit.MINUTES));
		assertThat(line.get("span_id")).asString().matches("[0-9a-f]{16}");
		assertThat(JsonLines.object(JsonLines.object(line, "process"), "thread").get("name")).asString()
			.startsWith("http-nio");
	}

	@Test
	void labelsHaveTheKeysOfTheExportedRecord(CapturedOutput output) {
		service.get("/order");
		List<String> exported = await().until(() -> exportedKeys("Order 17"), (keys) -> !keys.isEmpty());
		assertThat(JsonLines.object(JsonLines.lastOf(output.getOut(), "Order 17"), "labels").keySet())
			.containsExactlyInAnyOrderElementsOf(exported.stream()
				.filter((key) -> !List.of("thread.name", "traceId", "spanId", "logback.marker").contains(key))
				.toList());
	}

	@Test
	void exceptionHasTypeMessageAndStackTrace(CapturedOutput output) {
		service.get("/fail");
		// The container's own line on it.
		Map<String, Object> line = JsonLines.lastWith(output.getOut(), "error");
		assertThat(line.get("trace_id")).asString().matches("[0-9a-f]{32}");
		assertThat(JsonLines.object(line, "error")).containsOnlyKeys("type", "message", "stack_trace")
			.containsEntry("type", IllegalStateException.class.getName())
			.containsEntry("message", "This request fails");
		assertThat(JsonLines.object(line, "error").get("stack_trace")).asString()
			.contains("IllegalStateException: This request fails\n", "\tat io.flowforge.observability.testing");
	}

	@Test
	void secretsAreRedacted(CapturedOutput output) {
		service.get("/secret");
		assertThat(JsonLines.object(JsonLines.lastOf(output.getOut(), "A secret"), "labels"))
			.containsEntry("Authorization", "[redacted]")
			.containsEntry("password", "[redacted]")
			.containsEntry("customer", "c-17");
		assertThat(output).doesNotContain(SECRET);
	}

	@Test
	void lineBreaksBeginNoLine(CapturedOutput output) {
		service.get("/lines");
		String text = "one\r\ntwo\nthree\u0085four";
		Map<String, Object> line = JsonLines.lastOf(output.getOut(), "Lines " + text);
		assertThat(JsonLines.object(line, "labels")).containsEntry("text", text);
		assertThat(JsonLines.object(line, "error")).containsEntry("message", text);
	}

	@Test
	void unusualValuesCostNoLine(CapturedOutput output) {
		service.get("/unusual");
		assertThat(JsonLines.object(JsonLines.lastOf(output.getOut(), "Unusual values"), "labels"))
			.containsEntry("failing", "[FAILED toString()]")
			.containsEntry("ratio", "NaN")
			.containsEntry("fraction", "1/2")
			.containsEntry("nothing", null)
			.containsEntry("user", "bob")
			.containsEntry("service.name", "of a caller")
			.containsEntry("message", "of a caller")
			.hasSize(7);
	}

	private static List<String> exportedKeys(String message) {
		return receiver.logRecords()
			.stream()
			.filter((logRecord) -> logRecord.getBody().getStringValue().equals(message))
			.findFirst()
			.stream()
			.flatMap((logRecord) -> logRecord.getAttributesList().stream())
			.map(KeyValue::getKey)
			.toList();
	}

	@RestController
	static class Orders {

		private static final Logger logger = LoggerFactory.getLogger(Orders.class);

		@GetMapping("/order")
		void order() {
			MDC.put("user", "ann");
			logger.atWarn()
				.addMarker(MarkerFactory.getMarker("AUDIT"))
				.addKeyValue("customer", "c-17")
				.addKeyValue("attempts", 3)
				.addKeyValue("price", 9.99)
				.addKeyValue("first", true)
				.addKeyValue("kind", Kind.EXPRESS)
				.log("Order {}", 17);
			MDC.remove("user");
		}

		@GetMapping("/secret")
		void secret() {
			MDC.put("Authorization", SECRET);
			logger.atInfo().addKeyValue("password", SECRET).addKeyValue("customer", "c-17").log("A secret");
			MDC.remove("Authorization");
		}

		@GetMapping("/lines")
		void lines() {
			String text = "one\r\ntwo\nthree\u0085four";
			logger.atError().setCause(new IllegalStateException(text)).addKeyValue("text", text).log("Lines {}", text);
		}

		@GetMapping("/unusual")
		void unusual() {
			MDC.put("user", "ann");
			MDC.put("tenant", null);
			logger.atInfo()
				.addKeyValue("failing", new Failing())
				.addKeyValue("ratio", Double.NaN)
				.addKeyValue("fraction", new Fraction())
				.addKeyValue("nothing", (Object) null)
				.addKeyValue(null, "no key")
				.addKeyValue("user", "bob")
				.addKeyValue("service.name", "of a caller")
				.addKeyValue("message", "of a caller")
				.log("Unusual values");
			MDC.remove("user");
			MDC.remove("tenant");
		}

	}

	enum Kind {

		EXPRESS

	}

	private static final class Failing {

		@Override
		public String toString() {
			throw new IllegalStateException("This value fails to become text");
		}

	}

	private static final class Fraction extends Number {

		private static final long serialVersionUID = 1L;

		@Override
		public String toString() {
			return "1/2";
		}

		@Override
		public int intValue() {
			return 0;
		}

		@Override
		public long longValue() {
			return 0;
		}

		@Override
		public float floatValue() {
			return 0.5f;
		}

		@Override
		public double doubleValue() {
			return 0.5;
		}

	}

}
