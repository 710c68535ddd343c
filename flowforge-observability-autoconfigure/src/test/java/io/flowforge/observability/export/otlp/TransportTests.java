package io.flowforge.observability.export.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.flowforge.observability.testing.ScriptedReceiver;
import io.flowforge.observability.testing.ScriptedReceiver.Request;
import io.flowforge.observability.testing.ScriptedReceiver.Script;
import io.flowforge.observability.testing.SelfSignedCertificate;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpHttpSpanExporterBuilderCustomizer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * The ways that telemetry takes to a receiver, as Spring Boot's properties describe them.
 */
@ExtendWith(OutputCaptureExtension.class)
class TransportTests {

	private static final String TRACING = "management.opentelemetry.tracing.export.";

	private static final String LOGGING = "management.opentelemetry.logging.export.";

	@Test
	void tlsWithCertificatesOfAnSslBundle(@TempDir Path directory) throws Exception {
		SelfSignedCertificate certificate = SelfSignedCertificate.in(directory);
		String bundle = "spring.ssl.bundle.jks.receiver.";
		try (ScriptedReceiver receiver = ScriptedReceiver.start(certificate.sslContext(),
				Script.of(ScriptedReceiver.OK));
				TestService service = start("https://localhost:" + receiver.port(),
						bundle + "keystore.location=" + certificate.keyStore(),
						bundle + "keystore.password=" + SelfSignedCertificate.PASSWORD,
						bundle + "truststore.location=" + certificate.keyStore(),
						bundle + "truststore.password=" + SelfSignedCertificate.PASSWORD,
						TRACING + "otlp.ssl.bundle=receiver", LOGGING + "otlp.ssl.bundle=receiver")) {
			for (int batch = 1; batch <= 4; batch++) {
				int batches = batch;
				service.get("/hello");
				await().untilAsserted(() -> {
					assertThat(requests(receiver, "POST /v1/traces ")).hasSizeGreaterThanOrEqualTo(batches);
					assertThat(requests(receiver, "POST /v1/logs ")).hasSizeGreaterThanOrEqualTo(batches);
				});
			}
			assertThat(spans(requests(receiver, "POST /v1/traces "))).contains("GET /hello");
			// One for each signal, kept.
			assertThat(receiver.connections()).isEqualTo(2);
			// On this machine it would only cost time.
			assertThat(receiver.requests()).extracting((request) -> request.header("Content-Encoding"))
				.containsOnlyNulls();
		}
	}

	@Test
	void whatLeavesTheMachineGoesThroughTheProxyAndCompressed() {
		// It knows the way to a host that there is none of.
		try (ScriptedReceiver proxy = ScriptedReceiver.start(Script.of(ScriptedReceiver.OK))) {
			System.setProperty("http.proxyHost", "localhost");
			System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
			try (TestService service = start("http://collector.invalid:4318", LOGGING + "otlp.compression=none")) {
				service.get("/hello");
				await().untilAsserted(() -> {
					List<Request> traces = requests(proxy, "POST http://collector.invalid:4318/v1/traces ");
					assertThat(spans(traces)).contains("GET /hello");
					assertThat(traces).extracting((request) -> request.header("Content-Encoding")).containsOnly("gzip");
					List<Request> logs = requests(proxy, "POST http://collector.invalid:4318/v1/logs ");
					assertThat(lines(logs)).contains("Hello");
					assertThat(logs).extracting((request) -> request.header("Content-Encoding")).containsOnlyNulls();
				});
				assertThat(proxy.requests()).extracting((request) -> request.header("Host"))
					.containsOnly("collector.invalid:4318");
			}
			finally {
				System.clearProperty("http.proxyHost");
				System.clearProperty("http.proxyPort");
			}
		}
	}

	@Test
	void senderOfTheServiceWins() {
		try (TestService service = TestService.start(new Class<?>[] { OwnSender.class },
				TRACING + "schedule-delay=100ms", LOGGING + "enabled=false", LOGGING + "otlp.enabled=false")) {
			service.get("/hello");
			OwnSender sender = service.context().getBean(OwnSender.class);
			await().untilAsserted(() -> assertThat(sender.messages).isNotEmpty());
		}
	}

	@Test
	void grpcWithoutALibraryForItIsRefused(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("http://localhost:4317", LOGGING + "otlp.transport=grpc").close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(LOGGING + "otlp.transport is grpc, but no library on the class path can send gRPC.")
			.contains("Add the dependency io.opentelemetry:opentelemetry-exporter-sender-okhttp");
	}

	private static TestService start(String endpoint, String... properties) {
		return TestService.start(
				Stream
					.concat(Stream.of("flowforge.observability.otlp.endpoint=" + endpoint,
							TRACING + "schedule-delay=100ms", LOGGING + "schedule-delay=100ms"),
							Arrays.stream(properties))
					.toArray(String[]::new));
	}

	private static List<Request> requests(ScriptedReceiver receiver, String start) {
		return receiver.requests().stream().filter((request) -> request.line().startsWith(start)).toList();
	}

	private static List<String> spans(List<Request> requests) throws IOException {
		List<String> names = new CopyOnWriteArrayList<>();
		for (Request request : requests) {
			ExportTraceServiceRequest.parseFrom(body(request))
				.getResourceSpansList()
				.forEach((resource) -> resource.getScopeSpansList()
					.forEach((scope) -> scope.getSpansList().forEach((span) -> names.add(span.getName()))));
		}
		return names;
	}

	private static List<String> lines(List<Request> requests) throws IOException {
		List<String> bodies = new CopyOnWriteArrayList<>();
		for (Request request : requests) {
			ExportLogsServiceRequest.parseFrom(body(request))
				.getResourceLogsList()
				.forEach((resource) -> resource.getScopeLogsList()
					.forEach((scope) -> scope.getLogRecordsList()
						.forEach((line) -> bodies.add(line.getBody().getStringValue()))));
		}
		return bodies;
	}

	private static InputStream body(Request request) throws IOException {
		InputStream body = new ByteArrayInputStream(request.body());
		return "gzip".equals(request.header("Content-Encoding")) ? new GZIPInputStream(body) : body;
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSender implements HttpSenderProvider {

		private final List<MessageWriter> messages = new CopyOnWriteArrayList<>();

		@Bean
		OtlpHttpSpanExporterBuilderCustomizer ownSender() {
			return (builder) -> builder.setComponentLoader(new ComponentLoader() {

				@Override
				public <T> Iterable<T> load(Class<T> spiClass) {
					return (spiClass == HttpSenderProvider.class) ? List.of(spiClass.cast(OwnSender.this)) : List.of();
				}

			});
		}

		@Override
		public HttpSender createSender(HttpSenderConfig config) {
			return new HttpSender() {

				@Override
				public void send(MessageWriter message, Consumer<HttpResponse> onResponse,
						Consumer<Throwable> onError) {
					OwnSender.this.messages.add(message);
					onError.accept(new IOException("only taken"));
				}

				@Override
				public CompletableResultCode shutdown() {
					return CompletableResultCode.ofSuccess();
				}

			};
		}

	}

}
