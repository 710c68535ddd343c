package io.flowforge.observability.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a service says of its own telemetry, with a collector that is not there and one
 * that comes back.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeliveryTests {

	private static final String CANNOT_BE_DELIVERED = "Telemetry cannot be delivered";

	private static final String DELIVERED_AGAIN = "Telemetry is delivered again";

	@Test
	void outageIsOneLineAndItsEndAnother(CapturedOutput output) throws IOException {
		int port = freePort();
		try (TestService service = start(port, "management.opentelemetry.tracing.export.otlp.timeout=500ms",
				"management.opentelemetry.logging.export.otlp.timeout=500ms")) {
			await().untilAsserted(() -> {
				service.get("/hello");
				assertThat(items(service, "failed", "traces")).isPositive();
				assertThat(items(service, "failed", "logs")).isPositive();
			});
			assertThat(output).containsOnlyOnce(CANNOT_BE_DELIVERED)
				.contains("127.0.0.1:" + port)
				.doesNotContain("\tat ")
				.doesNotContain("secret-token");
			try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
				await().untilAsserted(() -> {
					service.get("/hello");
					assertThat(output).containsOnlyOnce(DELIVERED_AGAIN);
					assertThat(receiver.spans()).isNotEmpty();
					assertThat(receiver.logRecords()).isNotEmpty();
				});
			}
			assertThat(output).containsOnlyOnce(CANNOT_BE_DELIVERED);
		}
	}

	@Test
	void eachReceiverHasLinesOfItsOwn(CapturedOutput output) throws IOException {
		int tracesPort = freePort();
		int logsPort = freePort();
		try (TestService service = start(tracesPort, "management.opentelemetry.tracing.export.otlp.timeout=500ms",
				"management.opentelemetry.logging.export.otlp.timeout=500ms",
				"management.opentelemetry.logging.export.otlp.endpoint=http://127.0.0.1:%d/v1/logs"
					.formatted(logsPort))) {
			try (OtlpReceiver receiver = OtlpReceiver.start(tracesPort)) {
				service.get("/hello");
				await().untilAsserted(() -> assertThat(receiver.spans()).isNotEmpty());
				await().untilAsserted(() -> assertThat(output).contains("logs to http://127.0.0.1:" + logsPort));
			}
			await().untilAsserted(() -> {
				service.get("/hello");
				assertThat(output)
					.containsPattern("traces to http://127.0.0.1:%d/v1/traces fail with .* the last delivery was at"
						.formatted(tracesPort));
			});
			try (OtlpReceiver mended = OtlpReceiver.start(tracesPort)) {
				await().untilAsserted(() -> {
					service.get("/hello");
					assertThat(output).contains(DELIVERED_AGAIN + " to 127.0.0.1:" + tracesPort);
					assertThat(mended.spans()).isNotEmpty();
				});
			}
			assertThat(output).doesNotContain(DELIVERED_AGAIN + " to 127.0.0.1:" + logsPort);
		}
	}

	@Test
	void everySpanIsCountedAsExported() {
		try (OtlpReceiver receiver = OtlpReceiver.start(); TestService service = start(receiver.port())) {
			for (int request = 0; request < 20; request++) {
				service.get("/hello");
			}
			await().untilAsserted(
					() -> assertThat(receiver.spans().stream().filter((span) -> span.getName().equals("GET /hello")))
						.hasSize(20));
			await().untilAsserted(() -> {
				int received = receiver.spans().size();
				assertThat(items(service, "exported", "traces")).isEqualTo(received);
			});
			assertThat(items(service, "failed", "traces")).isZero();
			assertThat(items(service, "dropped", "traces")).isZero();
		}
	}

	@Test
	void nothingIsCountedWhereNothingIsExported() throws IOException {
		try (TestService service = start(freePort(), "management.tracing.export.otlp.enabled=false")) {
			// The span of a request may end after its response has arrived.
			for (int request = 0; request < 20; request++) {
				service.get("/hello");
			}
			// A flush would have counted them by now.
			service.context().getBean(BatchSpanProcessor.class).forceFlush().join(5, TimeUnit.SECONDS);
			assertThat(items(service, "exported", "traces")).isZero();
		}
	}

	@Test
	void whatDoesNotFitTheQueueIsCountedAsDropped(CapturedOutput output) throws IOException {
		try (TestService service = start(freePort(), "management.opentelemetry.tracing.export.max-queue-size=1",
				"management.opentelemetry.tracing.export.max-batch-size=1")) {
			await().untilAsserted(() -> {
				for (int request = 0; request < 20; request++) {
					service.get("/hello");
				}
				assertThat(items(service, "dropped", "traces")).isPositive();
			});
			assertThat(output).doesNotContain("BatchSpanProcessor");
		}
	}

	@Test
	void shutdownDoesNotWaitForACollectorThatNeverAnswers() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			TestService service = start(silent.getLocalPort());
			service.get("/hello");
			Instant start = Instant.now();
			service.close();
			// The SDK alone waits for ten seconds or more.
			assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
		}
	}

	private static TestService start(int port, String... properties) {
		String[] all = new String[properties.length + 3];
		System.arraycopy(properties, 0, all, 3, properties.length);
		all[0] = "flowforge.observability.otlp.endpoint=http://user:secret-token@127.0.0.1:" + port;
		all[1] = "management.opentelemetry.tracing.export.schedule-delay=100ms";
		all[2] = "management.opentelemetry.logging.export.schedule-delay=100ms";
		return TestService.start(all);
	}

	private static double items(TestService service, String result, String signal) {
		Matcher matcher = Pattern
			.compile("flowforge_telemetry_items_total\\{result=\"%s\",signal=\"%s\"} (\\S+)".formatted(result, signal))
			.matcher(service.scrape());
		assertThat(matcher.find()).isTrue();
		return Double.parseDouble(matcher.group(1));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
