package io.flowforge.observability.export.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.flowforge.observability.testing.SelfSignedCertificate;
import io.flowforge.observability.testing.TelemetryItems;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a service makes of what comes back when it exports.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReceiverAnswerTests {

	private static final String BROKEN = "Telemetry cannot be delivered";

	private static final String WITHOUT_LOGS = "management.logging.export.otlp.enabled=false";

	@Test
	void redirectToALoginPageIsNoDelivery(CapturedOutput output) throws IOException {
		AtomicInteger logins = new AtomicInteger();
		HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		proxy.createContext("/v1/traces", (exchange) -> {
			exchange.getResponseHeaders().add("Location", "/login?state=hunter2");
			answer(exchange, 302, new byte[0]);
		});
		proxy.createContext("/login", (exchange) -> {
			logins.incrementAndGet();
			answer(exchange, 200, "<html>Please log in</html>".getBytes());
		});
		proxy.start();
		try (TestService service = start(address(proxy), WITHOUT_LOGS)) {
			service.get("/hello");
			await()
				.untilAsserted(() -> assertThat(TelemetryItems.of(service.scrape(), "traces").failed()).isPositive());
			assertThat(TelemetryItems.of(service.scrape(), "traces").exported()).isZero();
			assertThat(output).containsOnlyOnce(BROKEN)
				.containsPattern("fail with \"the answer was 302 .+ \\(a redirect; none is followed\\)\"")
				.doesNotContain("hunter2");
			assertThat(logins).hasValue(0);
		}
		finally {
			proxy.stop(0);
		}
	}

	@Test
	void rejectedItemsHaveFailedAndTheOthersAreExported(CapturedOutput output) throws IOException {
		try (RejectingReceiver receiver = new RejectingReceiver();
				TestService service = start(address(receiver.server))) {
			for (int batch = 1; batch <= 3; batch++) {
				int batches = batch;
				service.get("/hello");
				service.get("/hello");
				await().untilAsserted(() -> assertThat(receiver.rejectedSpans).hasValueGreaterThanOrEqualTo(batches));
			}
			// What is logged meanwhile is on its way.
			await().untilAsserted(() -> {
				assertThat(TelemetryItems.of(service.scrape(), "traces").queued()).isZero();
				assertThat(TelemetryItems.of(service.scrape(), "logs").queued()).isZero();
			});
			TelemetryItems traces = TelemetryItems.of(service.scrape(), "traces");
			TelemetryItems logs = TelemetryItems.of(service.scrape(), "logs");
			assertThat(receiver.rejectedSpans.get()).isPositive();
			assertThat(traces.failed()).isEqualTo(receiver.rejectedSpans.get());
			assertThat(traces.exported()).isEqualTo(receiver.acceptedSpans.get()).isPositive();
			assertThat(logs.failed()).isEqualTo(receiver.rejectedLogRecords.get()).isPositive();
			assertThat(logs.exported()).isEqualTo(receiver.acceptedLogRecords.get()).isPositive();
			assertThat(output).containsOnlyOnce(BROKEN)
				.containsPattern("fail with \"1 of \\d+ items were rejected: (span|record) is too old \\(1h\\)\"");
		}
	}

	@Test
	void successWithAnyOtherBodyIsADelivery() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> answer(exchange, 200, "{\"partialSuccess\":{}}".getBytes()));
		server.start();
		try (TestService service = start(address(server), WITHOUT_LOGS)) {
			service.get("/hello");
			await()
				.untilAsserted(() -> assertThat(TelemetryItems.of(service.scrape(), "traces").exported()).isPositive());
			assertThat(TelemetryItems.of(service.scrape(), "traces").failed()).isZero();
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void unknownHostIsCalledThat(CapturedOutput output) {
		try (TestService service = start("http://otel_collector.invalid:4318", WITHOUT_LOGS,
				"management.opentelemetry.tracing.export.otlp.timeout=1s")) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(output).containsOnlyOnce(BROKEN)
				.contains("unknown host otel_collector.invalid\""));
		}
	}

	@Test
	void refusedConnectionIsCalledThat(CapturedOutput output) throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		try (TestService service = start("http://127.0.0.1:" + port, WITHOUT_LOGS,
				"management.opentelemetry.tracing.export.otlp.timeout=1s")) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(output).containsOnlyOnce(BROKEN).contains("connection refused\""));
		}
	}

	@ParameterizedTest
	@CsvSource({ "http, the receiver does not speak HTTP at this port",
			"https, the receiver does not speak TLS at this port" })
	void serverOfAnotherProtocolIsCalledThat(String scheme, String reason, CapturedOutput output) throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			Thread server = new Thread(() -> greet(socket));
			server.setDaemon(true);
			server.start();
			try (TestService service = start("%s://127.0.0.1:%d".formatted(scheme, socket.getLocalPort()),
					WITHOUT_LOGS)) {
				service.get("/hello");
				await().untilAsserted(() -> assertThat(output).containsOnlyOnce(BROKEN).contains("\"" + reason + "\""));
			}
		}
	}

	@Test
	void untrustedCertificateIsCalledThat(CapturedOutput output, @TempDir Path directory) throws Exception {
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(SelfSignedCertificate.in(directory).sslContext()));
		server.start();
		try (TestService service = start("https://localhost:" + server.getAddress().getPort(), WITHOUT_LOGS)) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(output).containsOnlyOnce(BROKEN)
				.contains("\"the receiver's certificate is not trusted\""));
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void endpointThatOnlyConnectionDetailsHaveIsReportedAtTheFirstExport(CapturedOutput output) {
		try (TestService service = TestService.start(new Class<?>[] { UnusableDetails.class },
				"management.tracing.export.otlp.enabled=false",
				"management.opentelemetry.logging.export.schedule-delay=100ms")) {
			service.get("/hello");
			await().untilAsserted(
					() -> assertThat(output).containsOnlyOnce(BROKEN).contains("\"the endpoint is not a valid URL\""));
		}
	}

	private static TestService start(String endpoint, String... properties) {
		return TestService.start(Stream
			.concat(Stream.of("flowforge.observability.otlp.endpoint=" + endpoint,
					"management.opentelemetry.tracing.export.schedule-delay=100ms",
					"management.opentelemetry.logging.export.schedule-delay=100ms"), Arrays.stream(properties))
			.toArray(String[]::new));
	}

	private static String address(HttpServer server) {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	private static void greet(ServerSocket server) {
		try {
			while (true) {
				try (Socket socket = server.accept()) {
					socket.getOutputStream().write("220 mail.example.com ESMTP\r\n".getBytes());
				}
			}
		}
		catch (IOException ex) {
			// The test is over.
		}
	}

	/**
	 * Rejects one item of each request.
	 */
	private static final class RejectingReceiver implements AutoCloseable {

		private final AtomicInteger acceptedSpans = new AtomicInteger();

		private final AtomicInteger rejectedSpans = new AtomicInteger();

		private final AtomicInteger acceptedLogRecords = new AtomicInteger();

		private final AtomicInteger rejectedLogRecords = new AtomicInteger();

		private final HttpServer server;

		RejectingReceiver() throws IOException {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			this.server.createContext("/v1/traces", this::receiveSpans);
			this.server.createContext("/v1/logs", this::receiveLogRecords);
			this.server.start();
		}

		private void receiveSpans(HttpExchange exchange) throws IOException {
			int spans = spans(exchange.getRequestBody());
			this.rejectedSpans.incrementAndGet();
			this.acceptedSpans.addAndGet(spans - 1);
			answer(exchange, 200,
					ExportTraceServiceResponse.newBuilder()
						.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
							.setRejectedSpans(1)
							.setErrorMessage("span is too old\n(1h)"))
						.build()
						.toByteArray());
		}

		private void receiveLogRecords(HttpExchange exchange) throws IOException {
			int logRecords = logRecords(exchange.getRequestBody());
			this.rejectedLogRecords.incrementAndGet();
			this.acceptedLogRecords.addAndGet(logRecords - 1);
			answer(exchange, 200,
					ExportLogsServiceResponse.newBuilder()
						.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
							.setRejectedLogRecords(1)
							.setErrorMessage("record is too old\n(1h)"))
						.build()
						.toByteArray());
		}

		private static int spans(InputStream body) throws IOException {
			return ExportTraceServiceRequest.parseFrom(body)
				.getResourceSpansList()
				.stream()
				.flatMap((resource) -> resource.getScopeSpansList().stream())
				.mapToInt((scope) -> scope.getSpansCount())
				.sum();
		}

		private static int logRecords(InputStream body) throws IOException {
			return ExportLogsServiceRequest.parseFrom(body)
				.getResourceLogsList()
				.stream()
				.flatMap((resource) -> resource.getScopeLogsList().stream())
				.mapToInt((scope) -> scope.getLogRecordsCount())
				.sum();
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UnusableDetails {

		@Bean
		OtlpLoggingConnectionDetails unusableDetails() {
			return (transport) -> "http://collector:port/v1/logs";
		}

	}

}
