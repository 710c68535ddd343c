package io.flowforge.observability.telemetry;

import java.util.function.Predicate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Counts spans and log records by what became of them.
 */
final class TelemetryItemMetrics implements MeterBinder {

	private static final String QUEUE_FULL = "queue_full";

	private final ProcessorMeasurements measurements;

	TelemetryItemMetrics(ProcessorMeasurements measurements) {
		this.measurements = measurements;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Signal signal : Signal.values()) {
			register(registry, signal, "exported", (errorType) -> errorType == null);
			register(registry, signal, "failed", (errorType) -> errorType != null && !errorType.equals(QUEUE_FULL));
			register(registry, signal, "dropped", QUEUE_FULL::equals);
		}
	}

	private void register(MeterRegistry registry, Signal signal, String result, Predicate<@Nullable String> errorType) {
		FunctionCounter
			.builder("flowforge.telemetry.items", this.measurements,
					(measurements) -> measurements.processed(signal, errorType))
			.description("Spans and log records by what became of them: exported, failed or dropped from a full queue.")
			.tag("signal", signal.tag())
			.tag("result", result)
			.register(registry);
	}

}
