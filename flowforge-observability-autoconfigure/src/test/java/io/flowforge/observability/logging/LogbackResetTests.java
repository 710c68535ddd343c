package io.flowforge.observability.logging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whether log lines are exported once, and redacted on the console, after somebody else
 * has set Logback up anew.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogbackResetTests {

	private static final String SECRET = "hunter2";

	private static final Logger logger = LoggerFactory.getLogger(LogbackResetTests.class);

	@TempDir
	Path directory;

	@AfterEach
	void stopScanning() {
		context().reset();
	}

	@Test
	void configuratorOnTheSameContext(CapturedOutput output) throws Exception {
		Path file = write("<configuration>", "[%kvp]");
		try (OtlpReceiver receiver = OtlpReceiver.start(); TestService service = start(receiver)) {
			reset(file);
			assertExportedAndRedacted(receiver, "After the first reset", output);
			reset(file);
			assertExportedAndRedacted(receiver, "After the second reset", output);
			assertThat(service.context().isActive()).isTrue();
		}
	}

	@Test
	void configuratorOnAContextThatWasStopped(CapturedOutput output) throws Exception {
		Path file = write("<configuration>", "[%kvp]");
		try (OtlpReceiver receiver = OtlpReceiver.start(); TestService service = start(receiver)) {
			context().stop();
			reset(file);
			assertExportedAndRedacted(receiver, "After the stop", output);
			assertThat(service.context().isActive()).isTrue();
		}
	}

	@Test
	void configurationFileThatIsScanned(CapturedOutput output) throws Exception {
		Path file = write("<configuration scan=\"true\" scanPeriod=\"100 milliseconds\">", "[before %kvp]");
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(receiver, "logging.config=" + file.toUri())) {
			assertExportedAndRedacted(receiver, "Before the change", output);
			write("<configuration scan=\"true\" scanPeriod=\"100 milliseconds\">", "[after %kvp]");
			await().untilAsserted(() -> {
				logger.info("Is it there?");
				assertThat(output).contains("Is it there? [after ]");
			});
			assertExportedAndRedacted(receiver, "After the change", output);
			assertThat(output).contains("After the change [after password=\"[redacted]\"]");
			assertThat(service.context().isActive()).isTrue();
		}
	}

	@Test
	void anotherApplicationWithoutTheLibrary(CapturedOutput output) throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(receiver, "logging.pattern.console=%m [%kvp]%n")) {
			// Spring Boot sets logging up again for an application that starts after
			// another one has closed.
			other().close();
			try (TestService other = other()) {
				assertExportedAndRedacted(receiver, "With both", output);
				assertThat(other.context().isActive()).isTrue();
			}
			assertExportedAndRedacted(receiver, "With one", output);
			assertThat(service.context().isActive()).isTrue();
		}
	}

	@Test
	void otherThreadsLogMeanwhile(CapturedOutput output) throws Exception {
		Path file = write("<configuration>", "[%kvp]");
		AtomicBoolean done = new AtomicBoolean();
		try (OtlpReceiver receiver = OtlpReceiver.start(); TestService service = start(receiver)) {
			reset(file);
			List<CompletableFuture<Void>> threads = IntStream.range(0, 2)
				.mapToObj((thread) -> CompletableFuture.runAsync(() -> {
					for (int line = 0; !done.get(); line++) {
						logger.atInfo().addKeyValue("password", SECRET).log("Line {}.{}", thread, line);
						logger.debug("Not to be logged");
						Thread.onSpinWait();
					}
				}))
				.toList();
			for (int count = 0; count < 20; count++) {
				reset(file);
			}
			done.set(true);
			threads.forEach(CompletableFuture::join);
			assertExportedAndRedacted(receiver, "When all is done", output);
			assertThat(bodies(receiver).stream().filter("Not to be logged"::equals)).isEmpty();
			assertThat(bodies(receiver)).doesNotHaveDuplicates();
			assertThat(output.getAll().lines().filter((line) -> line.startsWith("Line "))).isNotEmpty()
				.allSatisfy((line) -> assertThat(line).endsWith("[password=\"[redacted]\"]"));
			assertThat(service.context().isActive()).isTrue();
		}
	}

	private static void assertExportedAndRedacted(OtlpReceiver receiver, String message, CapturedOutput output) {
		logger.atInfo().addKeyValue("password", SECRET).log(message);
		await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(bodies(receiver)).contains(message));
		assertThat(bodies(receiver)).containsOnlyOnce(message);
		assertThat(output).containsOnlyOnce(message + " [").doesNotContain(SECRET);
	}

	private static void reset(Path file) throws JoranException {
		context().reset();
		JoranConfigurator configurator = new JoranConfigurator();
		configurator.setContext(context());
		configurator.doConfigure(file.toFile());
	}

	private static LoggerContext context() {
		return (LoggerContext) LoggerFactory.getILoggerFactory();
	}

	private Path write(String root, String pairs) throws Exception {
		return Files.writeString(this.directory.resolve("logback.xml"), """
				%s
				<appender name="console" class="ch.qos.logback.core.ConsoleAppender">
				<encoder><pattern>%%m %s%%n</pattern></encoder>
				</appender>
				<root level="INFO"><appender-ref ref="console"/></root>
				</configuration>
				""".formatted(root, pairs));
	}

	private static TestService start(OtlpReceiver receiver, String... properties) {
		String[] all = new String[properties.length + 3];
		System.arraycopy(properties, 0, all, 3, properties.length);
		all[0] = "flowforge.observability.otlp.endpoint=" + receiver.endpoint();
		all[1] = "management.opentelemetry.logging.export.schedule-delay=100ms";
		all[2] = "management.opentelemetry.logging.export.max-queue-size=100000";
		return TestService.start(all);
	}

	private static TestService other() {
		return TestService.start("flowforge.observability.enabled=false", "logging.pattern.console=%m [%kvp]%n",
				"management.tracing.export.enabled=false");
	}

	private static List<String> bodies(OtlpReceiver receiver) {
		return receiver.logRecords().stream().map(LogRecord::getBody).map((body) -> body.getStringValue()).toList();
	}

}
