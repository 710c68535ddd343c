package io.flowforge.observability.tracing.sampling;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Exemplars that Prometheus does not support.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExemplarsTests {

	@ParameterizedTest
	@ValueSource(strings = { "all", "ALL" })
	void exemplarsOfAllTracesAreRefusedAsSpringBootRefusesThem(String include, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> TestService.start("management.tracing.exemplars.include=" + include).close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("management.tracing.exemplars.include")
			.contains("Prometheus doesn't support including 'all' traces as exemplars.");
	}

}
