package io.flowforge.observability.integration;

import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a receiver gets of a user's test run with {@code flowforge-observability-test},
 * from its start to the exit of its JVM.
 */
class CaptureOfTelemetryTests {

	@Test
	void nothingLeavesEvenIfPropertiesAskForIt() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			String[] properties = Stream
				.of("spring.application.name=shop", "flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						// All that turns an export on.
						"spring.test.tracing.export=true", "management.tracing.export.enabled=true",
						"management.logging.export.enabled=true", "management.logging.export.otlp.enabled=true",
						"management.tracing.export.otlp.enabled=true")
				.map("-D"::concat)
				.toArray(String[]::new);
			JavaRun run = JavaRun.of(TestsWithCapture.class, Map.of(), properties);
			assertThat(run.status()).as(() -> String.join("\n", run.lines())).isZero();
			assertThat(receiver.requests()).isZero();
			// The tests have run, and one of the starts was refused.
			assertThat(run.line("Order 17 is shown")).isNotEmpty();
			assertThat(run.line("APPLICATION FAILED TO START")).isNotEmpty();
		}
	}

}
