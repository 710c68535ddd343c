package io.flowforge.observability.logging;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The log records of a service that samples no trace, as they arrive.
 */
class LogRecordAttributesTests {

	private static final Logger logger = LoggerFactory.getLogger(LogRecordAttributesTests.class);

	// No convention has them, which docs/telemetry.md says.
	private static final Set<String> WITHOUT_CONVENTION = Set.of("duration_ms", "logback.marker");

	// What the code of the service adds.
	private static final Set<String> OF_THE_SERVICE = Set.of("customer", "tenant");

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
		access = line("GET /hello 200");
		failure = line("Servlet.service() for servlet");
	}

	@AfterAll
	static void stop() {
		service.close();
		receiver.close();
	}

	@Test
	void attributesAreThoseOfTheConventions() throws Exception {
		Map<String, AttributeType> conventions = conventions();
		Map<String, AttributeType> sent = new TreeMap<>();
		for (LogRecord line : receiver.logRecords()) {
			line.getAttributesList().forEach((attribute) -> sent.put(attribute.getKey(), type(attribute.getValue())));
		}
		assertThat(sent).containsKeys("http.request.method", "exception.stacktrace", "thread.name", "customer");
		sent.keySet().removeAll(OF_THE_SERVICE);
		sent.keySet().removeAll(WITHOUT_CONVENTION);
		assertThat(sent).allSatisfy((key, type) -> assertThat(conventions).containsEntry(key, type));
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
	void threadIsNamedOnErrorsOnly() {
		assertThat(keys(failure)).contains("thread.name");
		assertThat(keys(hello)).containsExactly("customer");
		assertThat(keys(access)).doesNotContain("thread.name");
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

	private static Map<String, AttributeType> conventions() throws IOException, ReflectiveOperationException {
		Map<String, AttributeType> types = new HashMap<>();
		CachingMetadataReaderFactory reader = new CachingMetadataReaderFactory();
		for (Resource file : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:io/opentelemetry/semconv/**/*Attributes.class")) {
			String name = reader.getMetadataReader(file).getClassMetadata().getClassName();
			for (Field field : ClassUtils.forName(name, null).getFields()) {
				if (field.getType() == AttributeKey.class && field.get(null) instanceof AttributeKey<?> key) {
					types.put(key.getKey(), key.getType());
				}
			}
		}
		return types;
	}

	private static AttributeType type(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> AttributeType.STRING;
			case INT_VALUE -> AttributeType.LONG;
			case DOUBLE_VALUE -> AttributeType.DOUBLE;
			case BOOL_VALUE -> AttributeType.BOOLEAN;
			default -> AttributeType.STRING_ARRAY;
		};
	}

}
