package io.flowforge.observability.settings.unknown;

import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a service says about properties that do not exist.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyTests {

	private static final String PREFIX = "flowforge.observability.";

	@Test
	void eachUnknownPropertyIsOneWarningWhereTheyDoNotStopTheStart(CapturedOutput output) {
		try (TestService service = TestService.start(PREFIX + "unknown-properties=warn",
				PREFIX + "alerts.error-rate=5%", PREFIX + "pigeons.count=7")) {
			assertThat(service.get("/hello")).isEqualTo("hello");
			await().untilAsserted(() -> assertThat(output).contains("pigeons.count (set in "));
			assertThat(output.toString().lines().filter((line) -> line.contains(PREFIX + "alerts.error-rate:")))
				.singleElement()
				.asString()
				.contains("WARN")
				.contains(
						"is not a property of FlowForge Observability. Did you mean " + PREFIX + "alerts.error-ratio?");
			assertThat(output.toString().lines().filter((line) -> line.contains(PREFIX + "pigeons.count:"))).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "flowforge.observabilty.service.team", "flowforge.obsevabiltiy.service.team",
			"flow-forge.observabillity.service.team", "flowforge-observability.service.team" })
	void misspeltPrefixIsFound(String name, CapturedOutput output) {
		try (TestService service = TestService.start(name + "=checkout")) {
			assertThat(service.get("/hello")).isEqualTo("hello");
			await().untilAsserted(() -> assertThat(output)
				.contains("the prefix of FlowForge Observability is flowforge.observability"));
			assertThat(output).contains("team unowned");
		}
	}

	@Test
	void misspeltPrefixOfAnEnvironmentVariableIsFound() throws Exception {
		JavaRun run = JavaRun.of(Started.class, Map.of("FLOWFORGE_OBSERVABILTY_SERVICE_TEAM", "checkout"));
		assertThat(run.line("flowforge.observabilty.service.team:")).contains("WARN")
			.contains("FLOWFORGE_OBSERVABILTY_SERVICE_TEAM");
	}

	@Test
	void relaxedSpellingOfThePrefixWorks(CapturedOutput output) {
		try (TestService service = TestService.start("flow-forge.observability.service.team=checkout")) {
			assertThat(service.get("/hello")).isEqualTo("hello");
			assertThat(output).contains("team checkout");
			assertThat(findings(service)).isEmpty();
		}
	}

	@Test
	void propertiesOfOthersAreLeftAlone() {
		try (TestService service = TestService.start("flowforge.billing.currency=EUR",
				"flowforge.observatory.dome=open", "observability.enabled=true", PREFIX + "service.team=checkout")) {
			assertThat(service.get("/hello")).isEqualTo("hello");
			assertThat(findings(service)).isEmpty();
		}
	}

	private static Stream<String> findings(TestService service) {
		return service.context()
			.getBeanProvider(Findings.class)
			.stream()
			.flatMap((source) -> source.find().stream())
			.map(Finding::message);
	}

	/**
	 * A service that starts and ends.
	 */
	public static class Started {

		/**
		 * Run the service.
		 * @param arguments its properties
		 */
		public static void main(String[] arguments) {
			TestService.start(arguments).close();
		}

	}

}
