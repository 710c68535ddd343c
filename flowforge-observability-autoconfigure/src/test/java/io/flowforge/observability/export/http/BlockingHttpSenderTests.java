package io.flowforge.observability.export.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

import io.flowforge.observability.export.health.ExportFailure;
import io.flowforge.observability.testing.CollectingSpanExporter;
import io.flowforge.observability.testing.ScriptedReceiver;
import io.flowforge.observability.testing.ScriptedReceiver.Request;
import io.flowforge.observability.testing.ScriptedReceiver.Script;
import io.flowforge.observability.testing.SelfSignedCertificate;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An exporter of the SDK, which finds this sender on the class path, with receivers of
 * every kind.
 */
class BlockingHttpSenderTests {

	// Each failure here would be a stack trace in the report of the build.
	private static final Logger sdkLogger = Logger.getLogger("io.opentelemetry.exporter");

	private static final RetryPolicy WITHOUT_PAUSES = RetryPolicy.builder()
		.setInitialBackoff(Duration.ofMillis(1))
		.build();

	private static SelfSignedCertificate certificate;

	@BeforeAll
	static void prepare(@TempDir Path directory) throws Exception {
		certificate = SelfSignedCertificate.in(directory);
		sdkLogger.setLevel(Level.OFF);
	}

	@AfterAll
	static void restore() {
		sdkLogger.setLevel(null);
	}

	@Test
	void allExportsShareOneConnection() {
		List<String> answers = List.of(ScriptedReceiver.OK, "HTTP/1.1 204 No Content\r\n\r\n",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n1\r\n!\r\n0\r\nTrailer: t\r\n\r\n",
				"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok",
				"HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nbad");
		AtomicInteger number = new AtomicInteger();
		Script script = (request, out) -> out.write(answers.get(number.getAndIncrement()).getBytes());
		try (ScriptedReceiver receiver = ScriptedReceiver.start(script);
				OtlpHttpSpanExporter exporter = exporter((builder) -> builder
					.setEndpoint("http://user:password@localhost:%d/v1/traces?tenant=a%%20b".formatted(receiver.port()))
					.addHeader("x-key", "value"))) {
			for (int i = 0; i < 4; i++) {
				assertThat(export(exporter, "span-" + i)).isNull();
			}
			assertThat(export(exporter, "span-4")).isEqualTo("the answer was 400 Bad Request");
			assertThat(receiver.connections()).isOne();
			assertThat(receiver.requests()).hasSize(5).allSatisfy((request) -> {
				assertThat(request.line()).isEqualTo("POST /v1/traces?tenant=a%20b HTTP/1.1");
				assertThat(request.header("Host")).isEqualTo("localhost:" + receiver.port());
				assertThat(request.header("X-Key")).isEqualTo("value");
				assertThat(request.header("Content-Type")).isEqualTo("application/x-protobuf");
				assertThat(request.header("Content-Encoding")).isNull();
			})
				.extracting(BlockingHttpSenderTests::span)
				.containsExactly("span-0", "span-1", "span-2", "span-3", "span-4");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ScriptedReceiver.OK, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil it ends",
			"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
			ScriptedReceiver.OK + "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n" })
	void connectionThatTheReceiverClosesIsReplaced(String answer) {
		Script script = (request, out) -> {
			out.write(answer.getBytes());
			request.connection().close();
		};
		try (ScriptedReceiver receiver = ScriptedReceiver.start(script);
				OtlpHttpSpanExporter exporter = exporter(
						(builder) -> builder.setEndpoint(endpoint(receiver)).setRetryPolicy(null))) {
			for (int i = 0; i < 3; i++) {
				assertThat(export(exporter, "span-" + i)).isNull();
			}
			assertThat(receiver.connections()).isEqualTo(3);
			assertThat(receiver.requests()).extracting(BlockingHttpSenderTests::span)
				.containsExactly("span-0", "span-1", "span-2");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void receiverIsLeftAloneForAsLongAsItAsks(boolean asDate) {
		AtomicInteger number = new AtomicInteger();
		Script script = (request, out) -> {
			// A date has whole seconds.
			Instant date = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
			String busy = "HTTP/1.1 503 Busy\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n"
				.formatted(asDate ? DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)) : "1");
			out.write(((number.getAndIncrement() == 0) ? busy : ScriptedReceiver.OK).getBytes());
		};
		try (ScriptedReceiver receiver = ScriptedReceiver.start(script);
				OtlpHttpSpanExporter exporter = exporter(
						(builder) -> builder.setEndpoint(endpoint(receiver)).setRetryPolicy(WITHOUT_PAUSES))) {
			assertThat(export(exporter, "span")).isNull();
			assertThat(receiver.requests()).hasSize(2);
			assertThat(Duration.between(receiver.requests().get(0).time(), receiver.requests().get(1).time()))
				.isGreaterThan(Duration.ofMillis(900));
		}
	}

	@Test
	void lastAnswerCountsWhenAllAttemptsHaveFailed() {
		try (ScriptedReceiver receiver = ScriptedReceiver
			.start(Script.of("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"));
				OtlpHttpSpanExporter exporter = exporter(
						(builder) -> builder.setEndpoint(endpoint(receiver)).setRetryPolicy(WITHOUT_PAUSES))) {
			assertThat(export(exporter, "span")).isEqualTo("the answer was 429 Too Many Requests");
			assertThat(receiver.requests()).hasSize(5);
			assertThat(receiver.connections()).isOne();
		}
	}

	@Test
	void answerThatDoesNotEndIsCutOff() {
		Script script = (request, out) -> {
			out.write("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes());
			byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes();
			while (true) {
				out.write(chunk);
			}
		};
		try (ScriptedReceiver receiver = ScriptedReceiver.start(script);
				OtlpHttpSpanExporter exporter = exporter((builder) -> builder.setEndpoint(endpoint(receiver)))) {
			assertThat(export(exporter, "span")).isEqualTo("the answer was 500 Oops");
			assertThat(export(exporter, "span")).isEqualTo("the answer was 500 Oops");
			assertThat(receiver.connections()).isEqualTo(2);
		}
	}

	@Test
	void valueOfAHeaderThatCannotBeSentIsNotShown() {
		try (ScriptedReceiver receiver = ScriptedReceiver.start(Script.of(ScriptedReceiver.OK));
				OtlpHttpSpanExporter exporter = exporter((builder) -> builder.setEndpoint(endpoint(receiver))
					.addHeader("Authorization", "Bearer hunter2\n"))) {
			assertThat(export(exporter, "span")).contains("the header Authorization").doesNotContain("hunter2");
			assertThat(receiver.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void exportEndsWithItsTimeOutAndWithTheShutdown(Trap trap) throws Exception {
		try (ScriptedReceiver receiver = ScriptedReceiver.start(trap)) {
			assertThatExportEnds(receiver, (builder) -> builder.setEndpoint(endpoint(receiver)));
		}
	}

	// A proper close of a TLS connection waits for the thread that writes to it.
	@Test
	void exportOverTlsEndsWithItsTimeOutAndWithTheShutdown() throws Exception {
		try (ScriptedReceiver receiver = ScriptedReceiver.start(certificate.sslContext(), Trap.DOES_NOT_READ)) {
			assertThatExportEnds(receiver, trusting("https://localhost:" + receiver.port()));
		}
	}

	@Test
	void exportOverTlsGoesThroughATunnelOfTheProxy() throws Exception {
		try (ScriptedReceiver receiver = ScriptedReceiver.start(certificate.sslContext(),
				Script.of(ScriptedReceiver.OK));
				ScriptedReceiver proxy = ScriptedReceiver.start(tunnel(receiver.port()))) {
			ProxyOptions options = ProxyOptions.create(new InetSocketAddress("localhost", proxy.port()));
			UnaryOperator<OtlpHttpSpanExporterBuilder> endpoint = trusting("https://localhost:" + receiver.port());
			try (OtlpHttpSpanExporter exporter = exporter((builder) -> endpoint.apply(builder).setProxy(options))) {
				assertThat(export(exporter, "span-1")).isNull();
				assertThat(export(exporter, "span-2")).isNull();
				assertThat(receiver.requests()).extracting(BlockingHttpSenderTests::span)
					.containsExactly("span-1", "span-2");
				assertThat(proxy.requests()).extracting(Request::line)
					.containsExactly("CONNECT localhost:%d HTTP/1.1".formatted(receiver.port()));
			}
			try (OtlpHttpSpanExporter exporter = exporter(trusting("https://127.0.0.1:" + receiver.port()))) {
				assertThat(export(exporter, "span")).isEqualTo("the receiver's certificate is for another host");
			}
		}
	}

	private static Script tunnel(int port) {
		return (request, out) -> {
			out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes());
			try (Socket receiver = new Socket("localhost", port)) {
				InputStream in = request.connection().getInputStream();
				OutputStream onward = receiver.getOutputStream();
				CompletableFuture.runAsync(() -> {
					try {
						in.transferTo(onward);
					}
					catch (IOException ex) {
						// The sender has gone.
					}
				});
				receiver.getInputStream().transferTo(out);
			}
		};
	}

	private static UnaryOperator<OtlpHttpSpanExporterBuilder> trusting(String address)
			throws IOException, GeneralSecurityException {
		X509TrustManager trust = certificate.trustManager();
		SSLContext context = certificate.sslContext();
		return (builder) -> builder.setEndpoint(address + "/v1/traces").setSslContext(context, trust);
	}

	private static void assertThatExportEnds(ScriptedReceiver receiver,
			UnaryOperator<OtlpHttpSpanExporterBuilder> configuration) throws InterruptedException {
		// More than the buffers between the two hold.
		String large = "x".repeat(16 * 1024 * 1024);
		try (OtlpHttpSpanExporter exporter = exporter(
				(builder) -> configuration.apply(builder).setTimeout(Duration.ofSeconds(1)))) {
			assertThat(export(exporter, large)).startsWith("no success within the time-out");
		}
		int requests = receiver.requests().size();
		OtlpHttpSpanExporter exporter = exporter(
				(builder) -> configuration.apply(builder).setTimeout(Duration.ofMinutes(5)));
		CountDownLatch ended = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			export(exporter, large);
			ended.countDown();
		});
		thread.start();
		await().untilAsserted(() -> assertThat(receiver.requests()).hasSizeGreaterThan(requests));
		exporter.shutdown();
		assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
	}

	private static OtlpHttpSpanExporter exporter(UnaryOperator<OtlpHttpSpanExporterBuilder> configuration) {
		return configuration.apply(OtlpHttpSpanExporter.builder()).build();
	}

	private static String endpoint(ScriptedReceiver receiver) {
		return "http://localhost:" + receiver.port() + "/v1/traces";
	}

	// Why it failed, null if it did not.
	private static @Nullable String export(OtlpHttpSpanExporter exporter, String span) {
		CollectingSpanExporter spans = new CollectingSpanExporter();
		try (SdkTracerProvider provider = SdkTracerProvider.builder()
			.addSpanProcessor(SimpleSpanProcessor.create(spans))
			.build()) {
			provider.get("test").spanBuilder(span).startSpan().end();
		}
		CompletableResultCode result = exporter.export(spans.spans());
		// On this thread.
		assertThat(result.isDone()).isTrue();
		return result.isSuccess() ? null : ExportFailure.reason(result.getFailureThrowable());
	}

	private static String span(Request request) {
		try {
			return ExportTraceServiceRequest.parseFrom(request.body())
				.getResourceSpans(0)
				.getScopeSpans(0)
				.getSpans(0)
				.getName();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A receiver that keeps a sender waiting.
	 */
	private enum Trap implements Script {

		DOES_NOT_READ {

			@Override
			public boolean readsBody() {
				return false;
			}

		},

		DOES_NOT_ANSWER,

		DOES_NOT_END {

			@Override
			public void answer(Request request, OutputStream out) throws IOException, InterruptedException {
				out.write("HTTP/1.1 200 OK\r\nX-Endless: ".getBytes());
				while (true) {
					out.write('x');
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
				}
			}

		},

		WANTS_TO_BE_LEFT_ALONE {

			@Override
			public void answer(Request request, OutputStream out) throws IOException {
				out.write("HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n".getBytes());
			}

		};

		@Override
		public void answer(Request request, OutputStream out) throws IOException, InterruptedException {
			new CountDownLatch(1).await();
		}

	}

}
