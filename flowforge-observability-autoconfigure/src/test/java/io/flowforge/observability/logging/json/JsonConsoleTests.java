package io.flowforge.observability.logging.json;

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
import org.slf4j.LoggerFactory;

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
			.allSatisfy(
					(line) -> assertThat(line).containsKeys("@timestamp", "log", "process", "service", "message", "ecs")
						.doesNotContainKeys("trace_id", "span_id", "error", "labels"))
			.anySatisfy((line) -> assertThat(line.get("message")).asString().startsWith("Starting "));
	}

	@Test
	void environmentIsThatOfTheTelemetry(CapturedOutput output) {
		try (TestService tested = start(JSON,
				"management.opentelemetry.resource-attributes[deployment.environment.name]=qa")) {
			assertThat(tested.context().getBean(ServiceIdentity.class).environment()).isEqualTo("qa");
		}
		assertThat(JsonLines.in(output.getOut()))
			.allSatisfy((line) -> assertThat(JsonLines.object(line, "service")).containsEntry("environment", "qa"));
	}

	@Test
	void consoleIsTextUnlessAskedFor(CapturedOutput output) {
		start().close();
		assertThat(output).contains(" INFO ").doesNotContain("{\"");
	}

	@Test
	void formatOfTheUserWins(CapturedOutput output) {
		try (TestService tested = start(JSON, "logging.structured.format.console=logstash")) {
			tested.get("/hello");
		}
		assertThat(JsonLines.in(output.getOut())).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).containsKeys("@version", "level")
				.doesNotContainKeys("ecs", "trace_id", "labels"));
	}

	@Test
	void formatOfSpringBootStaysAsItIs(CapturedOutput output) {
		try (TestService tested = start("logging.structured.format.console=ecs")) {
			tested.get("/hello");
		}
		assertThat(JsonLines.lastOf(output.getOut(), "Hello")).containsEntry("customer", "c-17")
			.containsKey("traceId")
			.doesNotContainKeys("trace_id", "labels");
	}

	@Test
	void pairsThatSpringBootRefusesCostNoLine(CapturedOutput output) {
		try (TestService tested = start("logging.structured.format.console=ecs")) {
			tested.get("/hello");
			LoggerFactory.getLogger(getClass())
				.atInfo()
				.addKeyValue("message", "a name of the schema")
				.log("A pair that is refused");
		}
		assertThat(JsonLines.lastOf(output.getOut(), "A pair that is refused")).containsKey("@timestamp");
	}

	@Test
	void consoleIsTextWhenTheLibraryIsOff(CapturedOutput output) {
		start(JSON, "flowforge.observability.enabled=false").close();
		assertThat(output).contains(" INFO ").doesNotContain("{\"");
	}

	@Test
	void propertiesOfSpringBootApply(CapturedOutput output) {
		try (TestService tested = start(JSON, "logging.structured.json.exclude=process,error.message",
				"logging.structured.json.rename[trace_id]=trace.id", "logging.structured.json.add.team=billing",
				"logging.structured.json.stacktrace.max-length=40", "logging.structured.json.context.prefix=my")) {
			tested.get("/hello");
			tested.get("/fail");
		}
		Map<String, Object> line = JsonLines.lastWith(output.getOut(), "error");
		assertThat(line).containsKey("trace.id")
			.containsEntry("team", "billing")
			.doesNotContainKeys("process", "trace_id");
		assertThat(JsonLines.object(line, "error")).containsOnlyKeys("type", "stack_trace");
		assertThat(JsonLines.object(line, "error").get("stack_trace")).asString().hasSize(40);
		assertThat(JsonLines.object(JsonLines.lastOf(output.getOut(), "Hello"), "my")).containsOnlyKeys("customer");
	}

	@Test
	void fileIsJsonOnlyWhereItsOwnPropertySaysSo(@TempDir Path directory, CapturedOutput output) throws IOException {
		start(JSON, "logging.file.name=" + directory.resolve("text.log")).close();
		assertThat(Files.readString(directory.resolve("text.log"))).contains(" INFO ").doesNotContain("{\"");
		int console = output.getAll().length();
		start("logging.file.name=" + directory.resolve("json.log"), "logging.structured.format.file=ecs").close();
		assertThat(JsonLines.in(Files.readString(directory.resolve("json.log")))).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).containsKey("ecs"));
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
