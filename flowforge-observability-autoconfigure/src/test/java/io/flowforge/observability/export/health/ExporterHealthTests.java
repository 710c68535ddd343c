package io.flowforge.observability.export.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.flowforge.observability.testing.FaultyCollector;
import io.flowforge.observability.testing.FaultyCollector.Fault;
import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TelemetryItems;
import io.flowforge.observability.testing.TestService;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpHttpSpanExporterBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingConnectionDetails;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each exporter of a service has a health of its own, with the address that the exporter
 * itself uses.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExporterHealthTests {

	private static final String BROKEN = "Telemetry cannot be delivered";

	private static final String HEALED = "Telemetry is delivered again";

	private static final String SECRET = "hunter2";

	@Test
	void oneOfTwoExportersBreaksAndHealsWithOneLineEach(CapturedOutput output) {
		try (OtlpReceiver healthy = OtlpReceiver.start();
				FaultyCollector broken = FaultyCollector.start(Duration.ofSeconds(1))) {
			broken.become(Fault.BAD_REQUEST);
			try (TestService service = start(SecondSpanExporter.class, healthy.endpoint(),
					"second.endpoint=" + broken.endpoint() + "/v1/traces")) {
				sendBatches(service, healthy, 6);
				assertThat(output).containsOnlyOnce(BROKEN)
					.contains("traces to " + broken.endpoint() + "/v1/traces fail with \"the answer was 400")
					.doesNotContain(HEALED);
				JsonNode traces = signal(service, "traces");
				assertThat(traces.at("/state").asString()).isEqualTo("failing");
				assertThat(traces.at("/endpoint").asString()).isEqualTo(broken.endpoint() + "/v1/traces");
				JsonNode first = exporter(traces, "otlpHttpSpanExporter");
				assertThat(first.at("/state").asString()).isEqualTo("delivering");
				assertThat(first.at("/address").asString()).isEqualTo(healthy.endpoint() + "/v1/traces");
				assertThat(first.at("/outageSince").isNull()).isTrue();
				JsonNode second = exporter(traces, "secondSpanExporter");
				assertThat(second.at("/state").asString()).isEqualTo("failing");
				assertThat(second.at("/lastError/message").asString()).startsWith("the answer was 400");
				assertThat(second.at("/outageSince").asString()).isLessThan(second.at("/lastError/time").asString());
				assertThat(signal(service, "logs").at("/state").asString()).isEqualTo("delivering");
				assertThat(LibraryBeans.findings(service.context()))
					.filteredOn((finding) -> finding.contains("rejected items count as delivered"))
					.singleElement()
					.asString()
					.startsWith("secondSpanExporter: ");

				broken.heal();
				sendBatches(service, healthy, 6);
				assertThat(output).containsOnlyOnce(BROKEN).containsOnlyOnce(HEALED);
				traces = signal(service, "traces");
				assertThat(traces.at("/state").asString()).isEqualTo("delivering");
				assertThat(exporter(traces, "secondSpanExporter").at("/outageSince").isNull()).isTrue();
			}
		}
	}

	@Test
	void exporterThatFailsNowAndThenDoesNotFillTheLog(CapturedOutput output) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(FlappingSpanExporter.class, receiver.endpoint())) {
			FlappingSpanExporter flapping = service.context().getBean(FlappingSpanExporter.class);
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				service.get("/hello");
				assertThat(flapping.exports).hasValueGreaterThan(9);
			});
			assertThat(output).containsOnlyOnce(BROKEN).containsOnlyOnce(HEALED);
		}
	}

	@Test
	void addressIsThatOfTheConnectionDetails(CapturedOutput output) throws IOException {
		int port = freePort();
		try (OtlpReceiver unused = OtlpReceiver.start();
				TestService service = start(ContainerConnectionDetails.class, unused.endpoint(),
						"container.address=http://user:%s@127.0.0.1:%d".formatted(SECRET, port),
						"management.opentelemetry.tracing.export.otlp.timeout=500ms",
						"management.opentelemetry.logging.export.otlp.timeout=500ms")) {
			service.get("/hello");
			await().untilAsserted(() -> {
				assertThat(signal(service, "traces").at("/state").asString()).isEqualTo("failing");
				assertThat(signal(service, "logs").at("/state").asString()).isEqualTo("failing");
			});
			String address = "http://127.0.0.1:" + port;
			assertThat(signal(service, "traces").at("/endpoint").asString()).isEqualTo(address + "/container/traces");
			assertThat(signal(service, "logs").at("/endpoint").asString()).isEqualTo(address + "/container/logs");
			assertThat(output).containsOnlyOnce(BROKEN).contains(address + "/container/").doesNotContain(SECRET);
			assertThat(service.get("/actuator/observability")).doesNotContain(SECRET);
			assertThat(unused.requests()).isZero();
		}
	}

	@Test
	void addressIsThatOfACustomizer() {
		try (OtlpReceiver unused = OtlpReceiver.start();
				OtlpReceiver used = OtlpReceiver.start();
				TestService service = start(CustomEndpoint.class, unused.endpoint(),
						"custom.endpoint=%s/v1/traces?key=%s".formatted(used.endpoint(), SECRET))) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(used.spans()).isNotEmpty());
			assertThat(signal(service, "traces").at("/endpoint").asString()).isEqualTo(used.endpoint() + "/v1/traces");
			assertThat(unused.spans()).isEmpty();
			assertThat(service.get("/actuator/observability")).doesNotContain(SECRET);
		}
	}

	@Test
	void exporterThatThrowsIsFailingAndLeavesTheOthersAlone(CapturedOutput output) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(ThrowingExporters.class, receiver.endpoint())) {
			sendBatches(service, receiver, 4);
			JsonNode traces = signal(service, "traces");
			assertThat(traces.at("/state").asString()).isEqualTo("failing");
			assertThat(exporter(traces, "throwingSpanExporter").at("/lastError/message").asString())
				.isEqualTo("the exporter threw IllegalStateException: no luck");
			assertThat(exporter(traces, "throwingSpanExporter").at("/address").isNull()).isTrue();
			assertThat(exporter(traces, "otlpHttpSpanExporter").at("/state").asString()).isEqualTo("delivering");
			assertThat(receiver.spans()).isNotEmpty();
			assertThat(output).containsOnlyOnce("traces to the exporter throwingSpanExporter fail with")
				.contains("IllegalStateException: no luck");
			// An error ends the SDK's thread for log records, were it not for us.
			await().untilAsserted(() -> {
				service.get("/hello");
				assertThat(exporter(signal(service, "logs"), "throwingOnceLogRecordExporter").at("/state").asString())
					.isEqualTo("delivering");
			});
			assertThat(receiver.logRecords()).isNotEmpty();
			assertThat(output)
				.containsOnlyOnce("logs to the exporter throwingOnceLogRecordExporter fail with \"the exporter threw "
						+ "NoClassDefFoundError: Missing")
				.containsOnlyOnce(HEALED);
		}
	}

	@Test
	void filterThatThrowsIsReported(CapturedOutput output) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(ThrowingPredicate.class, receiver.endpoint())) {
			await().untilAsserted(() -> {
				service.get("/hello");
				assertThat(TelemetryItems.of(service.scrape(), "traces").failed()).isGreaterThan(3);
			});
			JsonNode traces = signal(service, "traces");
			assertThat(traces.at("/state").asString()).isEqualTo("failing");
			assertThat(traces.at("/lastError/message").asString())
				.isEqualTo("before the export, a filter threw IllegalArgumentException: bad span");
			assertThat(output).containsOnlyOnce(BROKEN);
			assertThat(TelemetryItems.of(service.scrape(), "traces").exported()).isZero();
		}
	}

	@Test
	void exporterThatNeverSaysHowItEndedIsFailing(CapturedOutput output) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(SilentSpanExporter.class, receiver.endpoint(),
						"management.opentelemetry.tracing.export.timeout=200ms")) {
			sendBatches(service, receiver, 4);
			JsonNode traces = signal(service, "traces");
			assertThat(exporter(traces, "silentSpanExporter").at("/state").asString()).isEqualTo("failing");
			assertThat(output).containsOnlyOnce(BROKEN);
			TelemetryItems items = TelemetryItems.of(service.scrape(), "traces");
			assertThat(items.exported()).isZero();
			assertThat(items.failed()).isPositive();
		}
	}

	// A batch at a time.
	private static void sendBatches(TestService service, OtlpReceiver receiver, int batches) {
		for (int batch = 0; batch < batches; batch++) {
			int spans = receiver.spans().size();
			service.get("/hello");
			await().untilAsserted(() -> assertThat(receiver.spans().size()).isGreaterThan(spans));
		}
	}

	private static TestService start(Class<?> configuration, String endpoint, String... properties) {
		return TestService.start(new Class<?>[] { configuration },
				Stream
					.concat(Stream.of("flowforge.observability.otlp.endpoint=" + endpoint,
							"management.endpoints.web.exposure.include=health,prometheus,observability",
							"management.opentelemetry.tracing.export.schedule-delay=100ms",
							"management.opentelemetry.logging.export.schedule-delay=100ms"), Arrays.stream(properties))
					.toArray(String[]::new));
	}

	private static JsonNode signal(TestService service, String signal) {
		return JsonMapper.shared().readTree(service.get("/actuator/observability")).at("/signals/" + signal);
	}

	private static JsonNode exporter(JsonNode signal, String name) {
		return signal.at("/exporters")
			.valueStream()
			.filter((exporter) -> exporter.at("/name").asString().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No exporter %s in %s".formatted(name, signal)));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class SecondSpanExporter {

		// As a SpanExporter, it stands beside Spring Boot's.
		@Bean
		SpanExporter secondSpanExporter(Environment environment) {
			return OtlpHttpSpanExporter.builder()
				.setEndpoint(environment.getRequiredProperty("second.endpoint"))
				.build();
		}

	}

	static class FlappingSpanExporter extends TestSpanExporter {

		private final AtomicInteger exports = new AtomicInteger();

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
			return (this.exports.incrementAndGet() % 2 == 0) ? CompletableResultCode.ofSuccess()
					: CompletableResultCode.ofFailure();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ContainerConnectionDetails {

		@Bean
		OtlpTracingConnectionDetails tracingDetails(Environment environment) {
			return (transport) -> environment.getRequiredProperty("container.address") + "/container/traces";
		}

		@Bean
		OtlpLoggingConnectionDetails loggingDetails(Environment environment) {
			return (transport) -> environment.getRequiredProperty("container.address") + "/container/logs";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomEndpoint {

		@Bean
		OtlpHttpSpanExporterBuilderCustomizer customEndpoint(Environment environment) {
			return (builder) -> builder.setEndpoint(environment.getRequiredProperty("custom.endpoint"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ThrowingExporters {

		@Bean
		SpanExporter throwingSpanExporter() {
			return new TestSpanExporter() {

				@Override
				public CompletableResultCode export(Collection<SpanData> spans) {
					throw new IllegalStateException("no luck");
				}

			};
		}

		@Bean
		LogRecordExporter throwingOnceLogRecordExporter() {
			AtomicInteger exports = new AtomicInteger();
			return new LogRecordExporter() {

				@Override
				public CompletableResultCode export(Collection<LogRecordData> logRecords) {
					if (exports.getAndIncrement() == 0) {
						throw new NoClassDefFoundError("Missing");
					}
					return CompletableResultCode.ofSuccess();
				}

				@Override
				public CompletableResultCode flush() {
					return CompletableResultCode.ofSuccess();
				}

				@Override
				public CompletableResultCode shutdown() {
					return CompletableResultCode.ofSuccess();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ThrowingPredicate {

		@Bean
		SpanExportingPredicate throwingPredicate() {
			return (span) -> {
				throw new IllegalArgumentException("bad span");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SilentSpanExporter {

		@Bean
		SpanExporter silentSpanExporter() {
			return new TestSpanExporter() {

				@Override
				public CompletableResultCode export(Collection<SpanData> spans) {
					return new CompletableResultCode();
				}

			};
		}

	}

	abstract static class TestSpanExporter implements SpanExporter {

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
