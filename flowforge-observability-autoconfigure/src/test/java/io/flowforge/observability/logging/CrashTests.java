package io.flowforge.observability.logging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a receiver gets of a service that cannot start, run as {@code java -jar}.
 */
class CrashTests {

	private static final Duration AT_MOST = Duration.ofSeconds(2);

	@TempDir
	Path directory;

	@Test
	void beanThatThrows() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = run(receiver.port(), "--crash=bean");
			assertThat(bodies(receiver)).contains("The warehouse smells of smoke", "Application run failed")
				.anyMatch((body) -> body.startsWith("Starting CrashingService"));
			LogRecord failure = record(receiver, "Application run failed");
			assertThat(failure.getSeverityText()).isEqualTo("ERROR");
			assertThat(attribute(failure, "exception.stacktrace")).contains("The warehouse is on fire")
				.contains("CrashingService.broken");
			assertThat(bodies(receiver)).containsAll(run.messages());
			assertThat(receiver.resources()).allSatisfy((resource) -> assertThat(resource.getAttributesList())
				.anyMatch((attribute) -> attribute.getKey().equals("service.name")
						&& attribute.getValue().getStringValue().equals("crashing-service")));
		}
	}

	@Test
	void runnerThatThrows() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = run(receiver.port(), "--crash=runner");
			assertThat(attribute(record(receiver, "Application run failed"), "exception.stacktrace"))
				.contains("The first delivery is late");
			assertThat(bodies(receiver)).containsAll(run.messages()).doesNotHaveDuplicates();
		}
	}

	@Test
	void linesKeepTheTimeTheyWereLogged() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = run(receiver.port(), "--crash=missing");
			String first = run.messages().get(0);
			Instant logged = Instant.parse(run.line(first).split(" ")[0]);
			assertThat(
					Instant.ofEpochSecond(0, record(receiver, first).getTimeUnixNano()).truncatedTo(ChronoUnit.MILLIS))
				.isEqualTo(logged);
		}
	}

	@Test
	void portInUse() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = run(receiver.port(), "--server.port=" + receiver.port());
			assertThat(bodies(receiver)).anyMatch((body) -> body.contains("APPLICATION FAILED TO START")
					&& body.contains("Port %d was already in use".formatted(receiver.port())));
			assertThat(bodies(receiver)).containsAll(run.messages());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--crash=missing", "--flowforge.observability.alerts.error-ratio=60%",
			"--flowforge.observability.allerts.error-ratio=0.1" })
	void configurationErrorThatIsExplained(String argument) throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = run(receiver.port(), argument);
			assertThat(bodies(receiver)).anyMatch((body) -> body.contains("APPLICATION FAILED TO START"));
			assertThat(bodies(receiver)).containsAll(run.messages());
		}
	}

	@Test
	void configurationFileThatCannotBeRead() throws Exception {
		Path file = Files.writeString(this.directory.resolve("broken.yaml"), "server: [port\n");
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			run(receiver.port(), "--spring.config.additional-location=file:" + file);
			assertThat(attribute(record(receiver, "Application run failed"), "exception.stacktrace"))
				.contains("server: [port");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "bean", "missing", "runner" })
	void receiverThatABeanNames(String crash) throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start(); OtlpReceiver other = OtlpReceiver.start()) {
			// As with Testcontainers or Docker Compose.
			JavaRun run = run(other.port(), "--crash=" + crash, "--crash.logs-url=" + receiver.endpoint() + "/v1/logs");
			assertThat(bodies(receiver)).containsAll(run.messages()).doesNotHaveDuplicates();
			assertThat(bodies(other)).isEmpty();
		}
	}

	@Test
	void valueThatWaitsForAnotherThreadThatLogs() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			// Without a console nobody else has formatted the message before.
			run(receiver.port(), "--crash=waiting", "--logging.threshold.console=off");
			assertThat(bodies(receiver)).contains("The argument has been served");
			assertThat(attribute(record(receiver, "A pair"), "waiting")).isEqualTo("been served");
		}
	}

	@Test
	void oldestLinesGiveWay() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			// Fails before there is an exporter.
			run(receiver.port(), "--flowforge.observability.alerts.error-ratio=60%",
					"--flowforge.observability.logging.startup-buffer=2");
			assertThat(bodies(receiver)).hasSize(2).anyMatch((body) -> body.contains("APPLICATION FAILED TO START"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "runner, Application run failed", "missing, FAILED TO START" })
	void exitDoesNotWaitForACollectorThatIsNotThere(String crash, String reason) throws Exception {
		assertThat(delay(freePort(), crash, reason)).isLessThan(AT_MOST);
	}

	@ParameterizedTest
	@CsvSource({ "bean, Application run failed", "missing, FAILED TO START" })
	void exitDoesNotWaitForACollectorThatNeverAnswers(String crash, String reason) throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			assertThat(delay(silent.getLocalPort(), crash, reason)).isLessThan(AT_MOST);
		}
	}

	// How much later the JVM leaves than one that exports nothing.
	private static Duration delay(int port, String crash, String reason) throws Exception {
		Duration without = run(port, "--crash=" + crash, "--flowforge.observability.logging.export.enabled=false")
			.exitAfter(reason);
		return run(port, "--crash=" + crash).exitAfter(reason).minus(without);
	}

	private static List<String> bodies(OtlpReceiver receiver) {
		return receiver.logRecords().stream().map((logRecord) -> logRecord.getBody().getStringValue()).toList();
	}

	private static LogRecord record(OtlpReceiver receiver, String body) {
		return await(body)
			.until(() -> receiver.logRecords()
				.stream()
				.filter((logRecord) -> logRecord.getBody().getStringValue().equals(body))
				.findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	private static String attribute(LogRecord logRecord, String key) {
		return logRecord.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals(key))
			.map(KeyValue::getValue)
			.findFirst()
			.orElseThrow()
			.getStringValue();
	}

	private static JavaRun run(int port, String... arguments) throws Exception {
		JavaRun run = JavaRun.of(CrashingService.class, Map.of(), Stream
			.concat(Stream.of("-Dserver.port=0", "-Dflowforge.observability.otlp.endpoint=http://127.0.0.1:" + port,
					"--spring.application.name=crashing-service"), Stream.of(arguments))
			.toArray(String[]::new));
		assertThat(run.status()).isEqualTo(1);
		return run;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
