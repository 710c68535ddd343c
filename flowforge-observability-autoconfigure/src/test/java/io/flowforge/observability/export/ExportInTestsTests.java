package io.flowforge.observability.export;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a receiver gets of a user's test run.
 */
class ExportInTestsTests {

	@Test
	void nothingUnlessAskedFor() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			run(receiver, "Plain", "WithMetrics", "WithTracingButNoExport");
			assertThat(receiver.requests()).isZero();
		}
	}

	@Test
	void nothingOfAStartThatIsExpectedToFail() throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			JavaRun run = run(receiver, "RefusedStart", "FailedRunner");
			assertThat(run.line("APPLICATION FAILED TO START")).isNotEmpty();
			assertThat(receiver.requests()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "WithTracing", "WithProperty" })
	void spansAndLogRecordsWhenAskedFor(String test) throws Exception {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			run(receiver, test);
			assertThat(receiver.logRecords()).extracting(LogRecord::getBody)
				.extracting((body) -> body.getStringValue())
				.contains("Work is done")
				// The first lines of the start, too.
				.anyMatch((body) -> body.startsWith("Starting "));
			assertThat(receiver.spans()).extracting(Span::getName).contains("work");
		}
	}

	private static JavaRun run(OtlpReceiver receiver, String... tests) throws Exception {
		List<String> settings = List.of("-Dspring.application.name=tested-service",
				"-Dflowforge.observability.otlp.endpoint=" + receiver.endpoint());
		JavaRun run = JavaRun.of(TestsOfAService.class, Map.of(),
				Stream.concat(settings.stream(), Stream.of(tests)).toArray(String[]::new));
		assertThat(run.status()).as(() -> String.join("\n", run.lines())).isZero();
		return run;
	}

}
