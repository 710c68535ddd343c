package io.flowforge.observability;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A setting that cannot be used stops the start with a sentence that says which, why, and
 * what to set instead.
 */
@ExtendWith(OutputCaptureExtension.class)
class BadInputTests {

	private static final String PREFIX = "flowforge.observability.";

	@Test
	void missingApplicationName(CapturedOutput output) {
		start();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("spring.application.name is not set")
			.contains("Set spring.application.name, for example to orders-service, in application.yml.");
	}

	@Test
	void unknownPropertyIsRefusedWithWhatWasProbablyMeant(CapturedOutput output) {
		start("spring.application.name=a", PREFIX + "alerts.error-rate=5%");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(PREFIX + "alerts.error-rate")
			.contains("is not a property of FlowForge Observability")
			.contains("Did you mean " + PREFIX + "alerts.error-ratio?");
	}

	@Test
	void unknownGroupIsRefused(CapturedOutput output) {
		start("spring.application.name=a", "flowforge.observability.pigeons.count=7");
		assertThat(output).contains("flowforge.observability.pigeons.count")
			.contains("is not a property of FlowForge Observability")
			.doesNotContain("Did you mean");
	}

	@Test
	void unknownListIsRefused(CapturedOutput output) {
		start("spring.application.name=a", PREFIX + "redaction.key[0]=iban");
		assertThat(output).contains(PREFIX + "redaction.key[0]")
			.contains("is not a property of FlowForge Observability")
			.contains("Did you mean " + PREFIX + "redaction.keys?");
	}

	@Test
	void blankElementOfAListIsRefused(CapturedOutput output) {
		start("spring.application.name=a", PREFIX + "redaction.keys[0]=iban", PREFIX + "redaction.keys[1]=");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Set " + PREFIX + "redaction.keys to a list of words, none of them blank")
			.doesNotContain("at io.flowforge");
	}

	@ParameterizedTest
	@CsvSource({ "alerts.error-ratio, 0, at most 0.5", "alerts.error-ratio, 60%, at most 0.5",
			"alerts.error-ratio, much, at most 0.5", "alerts.error-ratio, NaN, at most 0.5",
			"alerts.latency-p99, 0s, at most 60s", "alerts.latency-p99, 61s, at most 60s",
			"alerts.latency-p99, 9999999d, at most 60s", "alerts.latency-p99, slow, at most 60s",
			"alerts.min-request-rate, -1, at most 1000", "alerts.min-request-rate, few, at most 1000",
			"alerts.slo-objective, 100%, below 1", "alerts.slo-objective, 93%, at least 0.935",
			"alerts.latency-slo-objective, 0.9, at least 0.935", "alerts.slo-objective, high, at least 0.935",
			"alerts.slack-channel, Checkout Alerts, #checkout-alerts",
			"alerts.slack-channel, <!channel>, #checkout-alerts", "health.interval, 0s, at least 1ms",
			"health.timeout, -1s, at least 1ms", "otlp.endpoint, collector:4318, http://collector:4318",
			"tracing.tail-sampling.max-spans, 0, at least 1", "tracing.tail-sampling.max-age, 0s, at most 1d",
			"tracing.tail-sampling.max-age, 9999999d, at most 1d", "redaction.keys, 'iban,,pin', none of them blank",
			"redaction.keys, -, none of them blank", "logging.console, yaml, text or json",
			"unknown-properties, ignore, fail or warn", "web.access-log.requests, failed, failed-and-slow or all",
			"logging.console, ${NO_SUCH_VARIABLE}, text or json" })
	void valueOutsideItsRangeIsRefused(String name, String value, String range, CapturedOutput output) {
		start("spring.application.name=a", PREFIX + name + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(PREFIX + name + " is \"" + value + "\" (set in ")
			.contains("Set " + PREFIX + name + " to ")
			.contains(range)
			.doesNotContain("at io.flowforge")
			.doesNotContain("Error starting Tomcat")
			.doesNotContain("UnsatisfiedDependency");
	}

	private static void start(String... properties) {
		assertThatException().isThrownBy(() -> TestService.run(new Class<?>[0], properties).close());
	}

}
