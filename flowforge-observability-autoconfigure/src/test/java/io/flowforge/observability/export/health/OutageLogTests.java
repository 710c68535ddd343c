package io.flowforge.observability.export.health;

import java.time.Duration;
import java.time.Instant;

import io.flowforge.observability.export.statistics.Signal;
import io.opentelemetry.sdk.common.CompletableResultCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When an outage is worth a line, with a quiet time that a test can wait for.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutageLogTests {

	private static final Duration QUIET_TIME = Duration.ofMinutes(1);

	private Instant now = Instant.EPOCH;

	private final OutageLog outages = new OutageLog(QUIET_TIME, () -> this.now);

	private final ExporterMonitor exporter = exporter("one", "/v1/traces");

	@Test
	void outageThatBeginsInTheQuietTimeIsReportedAfterIt(CapturedOutput output) {
		fail(this.exporter, "first");
		succeed(this.exporter);
		fail(this.exporter, "second");
		fail(this.exporter, "third");
		assertThat(output).contains("\"first\"").contains("delivered again").doesNotContain("second", "third");
		this.now = this.now.plus(QUIET_TIME);
		fail(this.exporter, "fourth");
		fail(this.exporter, "fifth");
		assertThat(output).containsOnlyOnce("\"fourth\"").doesNotContain("fifth");
	}

	@Test
	void exportersThatBreakTogetherAtOneReceiverShareALine(CapturedOutput output) {
		ExporterMonitor other = exporter("two", "/v1/logs");
		fail(this.exporter, "first");
		fail(other, "second");
		succeed(this.exporter);
		assertThat(output).doesNotContain("second", "delivered again");
		succeed(other);
		assertThat(output).containsOnlyOnce("Telemetry is delivered again to collector:4318");
	}

	@Test
	void exporterThatBreaksLaterHasALineOfItsOwn(CapturedOutput output) {
		fail(this.exporter, "wrong path");
		this.now = this.now.plus(QUIET_TIME);
		ExporterMonitor other = exporter("two", "/v1/logs");
		fail(other, "connection refused");
		assertThat(output).containsOnlyOnce("\"wrong path\"").containsOnlyOnce("\"connection refused\"");
		succeed(other);
		assertThat(output).containsOnlyOnce("delivered again");
	}

	private ExporterMonitor exporter(String name, String path) {
		return new ExporterMonitor(Signal.TRACES, name, "Exporter{endpoint=http://collector:4318" + path + ", x=1}",
				this.outages);
	}

	private void succeed(ExporterMonitor exporter) {
		exporter.export((rejected) -> {
		}, 1, CompletableResultCode::ofSuccess);
	}

	private void fail(ExporterMonitor exporter, String reason) {
		exporter.export((rejected) -> {
		}, 1, () -> CompletableResultCode.ofExceptionalFailure(new Exception(reason)));
	}

}
