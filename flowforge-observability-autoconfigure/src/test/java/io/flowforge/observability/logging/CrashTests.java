package io.flowforge.observability.logging;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a receiver gets of a service that cannot start, run as {@code java -jar}.
 */
class CrashTests {

	// Two seconds, and the end of a JVM on a machine with other work.
	private static final Duration AT_MOST = Duration.ofSeconds(3);

	@TempDir
	static Path directory;

	private static Path jar;

	@BeforeAll
	static void jar() throws IOException {
		jar = directory.resolve("crashing-service.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CrashingService.class.getName());
		manifest.getMainAttributes()
			.put(Attributes.Name.CLASS_PATH,
					Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
						.map((entry) -> Path.of(entry).toUri().toString())
						.collect(Collectors.joining(" ")));
		new JarOutputStream(Files.newOutputStream(jar), manifest).close();
	}

	@Test
	void beanThatThrows() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			Run run = run(receiver.port(), "--crash=bean");
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
			Run run = run(receiver.port(), "--crash=runner");
			assertThat(attribute(record(receiver, "Application run failed"), "exception.stacktrace"))
				.contains("The first delivery is late");
			assertThat(bodies(receiver)).containsAll(run.messages()).doesNotHaveDuplicates();
		}
	}

	@Test
	void linesKeepTheTimeTheyWereLogged() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			Run run = run(receiver.port(), "--crash=missing");
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
			Run run = run(receiver.port(), "--server.port=" + receiver.port());
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
			Run run = run(receiver.port(), argument);
			assertThat(bodies(receiver)).anyMatch((body) -> body.contains("APPLICATION FAILED TO START"));
			assertThat(bodies(receiver)).containsAll(run.messages());
		}
	}

	@Test
	void configurationFileThatCannotBeRead() throws Exception {
		Path file = Files.writeString(directory.resolve("broken.yaml"), "server: [port\n");
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			run(receiver.port(), "--spring.config.additional-location=file:" + file);
			assertThat(attribute(record(receiver, "Application run failed"), "exception.stacktrace"))
				.contains("server: [port");
		}
	}

	@Test
	void oldestLinesGiveWay() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			// Fails before anything can be exported.
			run(receiver.port(), "--crash=missing", "--flowforge.observability.logging.startup-buffer=2");
			assertThat(bodies(receiver)).hasSize(2).anyMatch((body) -> body.contains("APPLICATION FAILED TO START"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "runner, Application run failed", "missing, FAILED TO START" })
	void exitDoesNotWaitForACollectorThatIsNotThere(String crash, String reason) throws Exception {
		assertThat(run(freePort(), "--crash=" + crash).exitAfter(reason)).isLessThan(AT_MOST);
	}

	@ParameterizedTest
	@CsvSource({ "bean, Application run failed", "missing, FAILED TO START" })
	void exitDoesNotWaitForACollectorThatNeverAnswers(String crash, String reason) throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			Run run = run(silent.getLocalPort(), "--crash=" + crash);
			assertThat(run.exitAfter(reason)).isLessThan(AT_MOST);
		}
	}

	private static List<String> bodies(OtlpReceiver receiver) {
		return receiver.logRecords().stream().map((logRecord) -> logRecord.getBody().getStringValue()).toList();
	}

	private static LogRecord record(OtlpReceiver receiver, String body) {
		return receiver.logRecords()
			.stream()
			.filter((logRecord) -> logRecord.getBody().getStringValue().equals(body))
			.findFirst()
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

	private static Run run(int port, String... arguments) throws Exception {
		// The JVM's flags save the time of compilers that would not pay off.
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Dserver.port=0",
						"-Dflowforge.observability.otlp.endpoint=http://127.0.0.1:" + port, "-jar", jar.toString(),
						"--spring.application.name=crashing-service"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES).execute(process::destroyForcibly);
		try {
			List<String> lines = new ArrayList<>();
			List<Instant> times = new ArrayList<>();
			try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
				for (String line = output.readLine(); line != null; line = output.readLine()) {
					lines.add(line);
					times.add(Instant.now());
				}
			}
			assertThat(process.waitFor()).isEqualTo(1);
			return new Run(lines, times, Instant.now());
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private record Run(List<String> lines, List<Instant> times, Instant exit) {

		private static final Pattern LINE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*? : (.+)");

		String line(String text) {
			return this.lines.stream().filter((line) -> line.contains(text)).findFirst().orElseThrow();
		}

		List<String> messages() {
			return this.lines.stream()
				.map(LINE::matcher)
				.filter(Matcher::matches)
				.map((line) -> line.group(1))
				.toList();
		}

		Duration exitAfter(String text) {
			return Duration.between(this.times.get(this.lines.indexOf(line(text))), this.exit);
		}

	}

}
