package io.flowforge.observability.settings.renamed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.TestService;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Properties that are set by the names that they had before.
 */
@ExtendWith(OutputCaptureExtension.class)
class RenamedPropertiesTests {

	private static final String TRACING = "flowforge.observability.tracing.";

	// The gauge exists where tail sampling is on.
	private static final String TAIL_SAMPLING = "flowforge_spans_held";

	@Test
	void oldNameWorksAndOneWarningNamesTheNewOne(CapturedOutput output) {
		try (TestService service = TestService.start(TRACING + "keep.enabled=false")) {
			assertThat(service.scrape()).contains("flowforge_service_info").doesNotContain(TAIL_SAMPLING);
			await().untilAsserted(() -> assertThat(output).contains(TRACING + "keep.enabled:"));
			assertThat(output.toString().lines().filter((line) -> line.contains(TRACING + "keep.enabled:")))
				.singleElement()
				.asString()
				.contains("WARN")
				.contains("was renamed to " + TRACING + "tail-sampling.enabled");
		}
	}

	@Test
	void oldNameOfAnEnvironmentVariableWorks() throws Exception {
		JavaRun run = JavaRun.of(Scraped.class, Map.of("FLOWFORGE_OBSERVABILITY_TRACING_KEEP_MAXSPANS", "0"));
		assertThat(run.lines()).anyMatch((line) -> line.contains(TRACING + "tail-sampling.max-spans is \"0\"")
				&& line.contains("FLOWFORGE_OBSERVABILITY_TRACING_KEEP_MAXSPANS"));
	}

	@Test
	void newNameWinsOverTheOldOneInTheSamePlace() {
		try (TestService service = TestService.start(TRACING + "keep.enabled=false",
				TRACING + "tail-sampling.enabled=true")) {
			assertThat(service.scrape()).contains(TAIL_SAMPLING);
		}
	}

	@Test
	void commandLineWinsOverFilesUnderEitherName() throws Exception {
		JavaRun run = JavaRun.of(Scraped.class, Map.of("FLOWFORGE_OBSERVABILITY_TRACING_TAILSAMPLING_ENABLED", "true"),
				TRACING + "keep.enabled=false");
		assertThat(run.lines()).contains("Tail sampling: off");
	}

	@Test
	void valueOutsideItsRangeIsRefusedUnderTheNewName(CapturedOutput output) {
		assertThatException().isThrownBy(() -> TestService.start(TRACING + "keep.max-age=0s").close());
		assertThat(output).contains(TRACING + "tail-sampling.max-age is \"0s\" (set in ")
			.contains("Set " + TRACING + "tail-sampling.max-age to ");
	}

	@Test
	void editorsKnowTheSameNames() throws IOException {
		Object properties = JsonParserFactory.getJsonParser()
			.parseMap(Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json")))
			.get("properties");
		Map<String, Object> renamed = ((List<?>) properties).stream()
			.map((property) -> (Map<?, ?>) property)
			.filter((property) -> property.containsKey("deprecation"))
			.collect(Collectors.toMap((property) -> property.get("name").toString(),
					(property) -> Map.copyOf((Map<?, ?>) property.get("deprecation"))));
		assertThat(renamed).hasSameSizeAs(RenamedProperties.NAMES)
			.allSatisfy((name, deprecation) -> assertThat(deprecation).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("level", "warning")
				.containsEntry("replacement", RenamedProperties.NAMES.get(name)));
	}

	/**
	 * A service that prints whether it samples tails, and ends.
	 */
	public static class Scraped {

		/**
		 * Run the service.
		 * @param arguments its properties
		 */
		public static void main(String[] arguments) {
			try (TestService service = TestService.start(arguments)) {
				System.out.println("Tail sampling: " + (service.scrape().contains(TAIL_SAMPLING) ? "on" : "off"));
			}
		}

	}

}
