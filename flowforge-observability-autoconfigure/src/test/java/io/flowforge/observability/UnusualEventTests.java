package io.flowforge.observability;

import java.util.List;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whether events that code should not log, but may, arrive all the same.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusualEventTests {

	private static final Logger logger = LoggerFactory.getLogger(UnusualEventTests.class);

	private static OtlpReceiver receiver;

	private static TestService service;

	@BeforeAll
	static void start() {
		receiver = OtlpReceiver.start();
		service = TestService.start("flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
				"management.opentelemetry.logging.export.schedule-delay=100ms");
	}

	@AfterAll
	static void stop() {
		service.close();
		receiver.close();
	}

	@Test
	void valueThatFailsToBecomeTextCostsNoLineOnTheConsole(CapturedOutput output) {
		logger.atInfo().addKeyValue("order", new Failing()).log("A value without text");
		assertThat(output).contains("A value without text");
	}

	@Test
	void keyThatIsNullCostsNoLine(CapturedOutput output) {
		logger.atInfo().addKeyValue(null, "any").log("A key that is null");
		assertThat(output).contains("A key that is null");
		assertThat(awaitLogRecord("A key that is null").getSeverityText()).isEqualTo("INFO");
	}

	@Test
	void nullInTheLoggingContextIsNoAttribute() {
		MDC.put("tenant", null);
		logger.info("A null in the logging context");
		MDC.remove("tenant");
		assertThat(awaitLogRecord("A null in the logging context").getAttributesList())
			.extracting((attribute) -> attribute.getKey())
			.doesNotContain("tenant");
	}

	private static LogRecord awaitLogRecord(String body) {
		return await().until(() -> logRecords(body), (lines) -> !lines.isEmpty()).get(0);
	}

	private static List<LogRecord> logRecords(String body) {
		return receiver.logRecords().stream().filter((line) -> line.getBody().getStringValue().equals(body)).toList();
	}

	private static final class Failing {

		@Override
		public String toString() {
			throw new IllegalStateException("This value fails to become text");
		}

	}

}
