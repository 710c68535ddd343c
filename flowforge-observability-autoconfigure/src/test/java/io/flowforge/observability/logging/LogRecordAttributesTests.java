package io.flowforge.observability.logging;

import java.util.List;
import java.util.Optional;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.SemanticConventions;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The log records of a service that samples no trace, as they arrive.
 */
class LogRecordAttributesTests {

	private static final Logger logger = LoggerFactory.getLogger(LogRecordAttributesTests.class);

	private static final OtlpReceiver receiver = OtlpReceiver.start();

	private static final TestService service = TestService.start(
			"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
			"management.opentelemetry.logging.export.schedule-delay=100ms", "management.tracing.sampling.probability=0",
			"flowforge.observability.logging.record.mdc.exclude=internal");

	private static LogRecord hello;

	private static LogRecord access;

	private static LogRecord failure;

	@BeforeAll
	static void sendRequests() {
		service.get("/hello");
		service.get("/fail");
		hello = line("Hello");
		access = line("GET /fail 500");
		failure = line("Servlet.service() for servlet");
	}

	@AfterAll
	static void stop() {
		service.close();
		receiver.close();
	}

	// Two have no convention (docs/reference/log-records.md), and two are from the
	// service's own
	// code.
	@Test
	void attributesAreThoseOfTheConventions() {
		List<KeyValue> attributes = receiver.logRecords()
			.stream()
			.flatMap((line) -> line.getAttributesList().stream())
			.toList();
		assertThat(attributes).extracting(KeyValue::getKey)
			.contains("http.request.method", "exception.stacktrace", "customer");
		List<KeyValue> notStable = SemanticConventions.stable()
			.unknownAttributes(attributes, "duration_ms", "logback.marker", "customer", "tenant");
		assertThat(SemanticConventions.inDevelopment().unknownAttributes(notStable)).isEmpty();
	}

	@Test
	void idsAreFieldsAndNotAttributesAsWell() {
		assertThat(List.of(hello, access, failure)).allSatisfy((line) -> {
			assertThat(line.getTraceId().size()).isEqualTo(16);
			assertThat(line.getSpanId().size()).isEqualTo(8);
			assertThat(keys(line)).doesNotContain("traceId", "spanId");
		});
	}

	@Test
	void recordOfATraceThatIsNotSampledSaysSo() {
		assertThat(List.of(hello, access, failure)).allSatisfy((line) -> assertThat(line.getFlags() & 1).isZero());
	}

	@Test
	void threadIsNotNamed() {
		assertThat(keys(hello)).containsExactly("customer");
		assertThat(List.of(access, failure))
			.allSatisfy((line) -> assertThat(keys(line)).doesNotContain("thread.name", "flowforge.background"));
	}

	@Test
	void errorOutsideOfRequestsSaysSo() throws InterruptedException {
		Thread job = new Thread(() -> {
			logger.error("Job failed");
			logger.warn("Job is late");
		}, "scheduling-1");
		job.start();
		job.join();
		assertThat(keys(line("Job failed"))).containsExactly("flowforge.background");
		assertThat(keys(line("Job is late"))).isEmpty();
	}

	@Test
	void entriesOfTheMdcCanBeExcluded() {
		try (MDC.MDCCloseable tenant = MDC.putCloseable("tenant", "north");
				MDC.MDCCloseable internal = MDC.putCloseable("internal", "x")) {
			assertThat(List.of(tenant, internal)).doesNotContainNull();
			logger.info("With an MDC");
		}
		assertThat(keys(line("With an MDC"))).containsExactly("tenant");
	}

	private static LogRecord line(String beginning) {
		return await()
			.until(() -> receiver.logRecords()
				.stream()
				.filter((line) -> line.getBody().getStringValue().startsWith(beginning))
				.findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	private static List<String> keys(LogRecord line) {
		return line.getAttributesList().stream().map(KeyValue::getKey).toList();
	}

}
