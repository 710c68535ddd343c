package io.flowforge.observability.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the console of a real service is JSON, and what else has a say in it.
 */
@ExtendWith(OutputCaptureExtension.class)
class JsonConsoleTests {

	private static final String JSON = "flowforge.observability.logging.console=json";

	// So that nothing is said about its absence.
	private static OtlpReceiver receiver;

	@BeforeAll
	static void startReceiver() {
		receiver = OtlpReceiver.start();
	}

	@AfterAll
	static void stopReceiver() {
		receiver.close();
	}

	@Test
	void everyLineOfTheStartIsJson(CapturedOutput output) {
		start(JSON).close();
		assertThat(JsonLines.in(output.getOut())).hasSizeGreaterThan(3)
			.allSatisfy((line) -> assertThat(line)
				.containsKeys("timestamp", "severity", "service.name", "logger", "thread", "message")
				.doesNotContainKeys("trace_id", "span_id", "exception", "attributes", "markers"))
			.anySatisfy((line) -> assertThat(line.get("message")).asString().startsWith("Starting "));
	}

	@Test
	void environmentIsThatOfTheTelemetry(CapturedOutput output) {
		try (TestService tested = start(JSON,
				"management.opentelemetry.resource-attributes[deployment.environment.name]=qa")) {
			assertThat(tested.context().getBean(ServiceIdentity.class).environment()).isEqualTo("qa");
		}
		assertThat(JsonLines.in(output.getOut()))
			.allSatisfy((line) -> assertThat(line).containsEntry("deployment.environment.name", "qa"));
	}

	@Test
	void consoleIsTextUnlessAskedFor(CapturedOutput output) {
		start().close();
		assertThat(output).contains(" INFO ").doesNotContain("{\"");
	}

	@Test
	void formatOfTheUserWins(CapturedOutput output) {
		start(JSON, "logging.structured.format.console=ecs").close();
		assertThat(JsonLines.in(output.getOut())).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).containsKey("@timestamp").doesNotContainKey("severity"));
	}

	@Test
	void consoleIsTextWhenTheLibraryIsOff(CapturedOutput output) {
		start(JSON, "flowforge.observability.enabled=false").close();
		assertThat(output).contains(" INFO ").doesNotContain("{\"");
	}

	@Test
	void propertiesOfSpringBootApply(CapturedOutput output) {
		try (TestService tested = start(JSON, "logging.structured.json.exclude=thread,exception.message",
				"logging.structured.json.rename[service.name]=application", "logging.structured.json.add.team=billing",
				"logging.structured.json.stacktrace.max-length=40", "logging.structured.json.context.prefix=my")) {
			tested.get("/hello");
			tested.get("/fail");
		}
		Map<String, Object> line = JsonLines.lastWith(output.getOut(), "exception");
		assertThat(line).containsEntry("application", "test-service")
			.containsEntry("team", "billing")
			.doesNotContainKeys("thread", "service.name");
		assertThat(JsonLines.object(line, "exception")).containsOnlyKeys("type", "stacktrace");
		assertThat(JsonLines.object(line, "exception").get("stacktrace")).asString().hasSize(40);
		assertThat(JsonLines.object(JsonLines.lastOf(output.getOut(), "Hello"), "attributes"))
			.containsOnlyKeys("my.customer");
	}

	@Test
	void fileIsJsonOnlyWhereItsOwnPropertySaysSo(@TempDir Path directory, CapturedOutput output) throws IOException {
		start(JSON, "logging.file.name=" + directory.resolve("text.log")).close();
		assertThat(Files.readString(directory.resolve("text.log"))).contains(" INFO ").doesNotContain("{\"");
		int console = output.getAll().length();
		start("logging.file.name=" + directory.resolve("json.log"),
				"logging.structured.format.file=io.flowforge.observability.logging.JsonLogFormatter")
			.close();
		assertThat(JsonLines.in(Files.readString(directory.resolve("json.log")))).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).containsKey("severity"));
		assertThat(output.getAll().substring(console)).contains(" INFO ").doesNotContain("{\"");
	}

	private static TestService start(String... properties) {
		return TestService.start(
				Stream
					.concat(Stream.of("flowforge.observability.otlp.endpoint=" + receiver.endpoint()),
							Arrays.stream(properties))
					.toArray(String[]::new));
	}

}
