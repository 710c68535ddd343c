package io.flowforge.observability.redaction.logback;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.ansi.AnsiOutput;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether a caller can forge lines on the console or in the log file of a real service.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogLineTests {

	private static final String FORGED = "2026-07-01T12:00:00.000Z ERROR 1 --- [main] forged";

	private static final Pattern BEGINNING = Pattern.compile("\\S*\\d{4}-\\d\\d-\\d\\dT.*");

	@TempDir
	private static Path directory;

	// There, and so is a team, so that no line about their absence comes in between.
	private static OtlpReceiver receiver;

	private static TestService service;

	@BeforeAll
	static void start() {
		receiver = OtlpReceiver.start();
		service = TestService.start(new Class<?>[] { LoggingController.class },
				"logging.file.name=" + directory.resolve("service.log"), "spring.output.ansi.enabled=always",
				"flowforge.observability.web.access-log.enabled=false", "flowforge.observability.service.team=shop",
				"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
				"logging.pattern.file=%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %5p %correlationId %logger : %m %X{value} %kvp%n%wEx");
		// The first request also logs that the servlet is there.
		service.get("/argument?value=first");
	}

	@AfterAll
	static void stop() {
		service.close();
		receiver.close();
		AnsiOutput.setEnabled(AnsiOutput.Enabled.DETECT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\u000b", "\f" })
	void valueBeginsNoLineOfItsOwn(String lineBreak, CapturedOutput output) throws IOException {
		for (String path : List.of("argument", "array", "concatenation", "key-value", "key", "context", "exception",
				"cause", "suppressed", "overridden")) {
			int console = output.getAll().length();
			int file = log().length();
			service.get("/" + path + "?value=" + encode("any" + lineBreak + FORGED));
			assertThat(beginnings(output.getAll().substring(console))).as(path + " on the console").hasSize(1);
			assertThat(beginnings(log().substring(file))).as(path + " in the file").hasSize(1);
		}
	}

	@Test
	void valueStaysOnTheLineItBelongsTo(CapturedOutput output) {
		service.get("/argument?value=" + encode("any\r\nother\u001b[2K\u2028last\ttab"));
		assertThat(output).contains("Value any\\r\\nother\\u001b[2K\\u2028last\ttab of a caller");
	}

	@Test
	void arrayIsStillWrittenByItsElements(CapturedOutput output) {
		service.get("/array?value=" + encode("any\nother"));
		assertThat(output).contains("Values [one, any\\nother]");
	}

	@Test
	void messageOfManyLinesStaysReadable(CapturedOutput output) throws IOException {
		service.get("/lines?value=" + encode("any\nvalue"));
		String lines = " : First line\n\tSecond line with any\\nvalue\n\t\n\tLast line";
		assertThat(output.getAll().lines()).contains("\tSecond line with any\\nvalue", "\tLast line");
		assertThat(log()).contains(lines.replace("\n", System.lineSeparator()));
	}

	@Test
	void exceptionOfManyLinesStaysReadable(CapturedOutput output) {
		service.get("/cause?value=" + encode("any\nother line"));
		assertThat(output.getAll().lines())
			.contains("java.lang.IllegalStateException: Wrapper",
					"Caused by: java.lang.IllegalArgumentException: Value any", "\tother line")
			.anyMatch((line) -> line.startsWith("\tat " + LoggingController.class.getName()));
	}

	@Test
	void correlationAndColoursStay(CapturedOutput output) {
		service.get("/argument?value=" + encode("any\nvalue"));
		assertThat(output.getAll()).containsPattern(
				"\u001b\\[2m\\S+\u001b\\[0;39m \u001b\\[32m INFO.*\\[[0-9a-f]{32}-[0-9a-f]{16}].*Value any\\\\nvalue");
		assertThat(output.getAll()).doesNotContain("PARSER_ERROR");
	}

	private static List<String> beginnings(String text) {
		return Stream.of(text.split("\\R")).filter((line) -> BEGINNING.matcher(line).matches()).toList();
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	private static String log() throws IOException {
		return Files.readString(directory.resolve("service.log"));
	}

	@RestController
	static class LoggingController {

		private static final Logger logger = LoggerFactory.getLogger(LoggingController.class);

		@GetMapping("/argument")
		void argument(@RequestParam String value) {
			logger.info("Value {} of a caller", value);
		}

		@GetMapping("/array")
		void array(@RequestParam String value) {
			logger.info("Values {}", (Object) new String[] { "one", value });
		}

		@GetMapping("/concatenation")
		void concatenation(@RequestParam String value) {
			logger.info("Value " + value);
		}

		@GetMapping("/lines")
		void lines(@RequestParam String value) {
			logger.info("First line\nSecond line with {}\n\nLast line", value);
		}

		@GetMapping("/key-value")
		void keyValue(@RequestParam String value) {
			logger.atInfo().addKeyValue("value", value).log("A key-value pair");
		}

		@GetMapping("/key")
		void key(@RequestParam String value) {
			logger.atInfo().addKeyValue(value, 1).log("A key-value pair");
		}

		@GetMapping("/context")
		void context(@RequestParam String value) {
			MDC.put("value", value);
			logger.info("In the logging context");
			MDC.remove("value");
		}

		@GetMapping("/exception")
		void exception(@RequestParam String value) {
			logger.error("An exception", new IllegalStateException("Value " + value));
		}

		@GetMapping("/cause")
		void cause(@RequestParam String value) {
			logger.error("An exception",
					new IllegalStateException("Wrapper", new IllegalArgumentException("Value " + value)));
		}

		@GetMapping("/suppressed")
		void suppressed(@RequestParam String value) {
			Exception exception = new IllegalStateException("Outer");
			exception.addSuppressed(new IllegalArgumentException("Value " + value));
			logger.error("An exception", exception);
		}

		@GetMapping("/overridden")
		void overridden(@RequestParam String value) {
			logger.error("An exception", new OverriddenException(value));
		}

	}

	static class OverriddenException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String value;

		OverriddenException(String value) {
			this.value = value;
		}

		@Override
		public String toString() {
			return "Value " + this.value;
		}

	}

}
