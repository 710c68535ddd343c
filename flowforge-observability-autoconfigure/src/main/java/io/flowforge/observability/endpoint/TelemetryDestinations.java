package io.flowforge.observability.endpoint;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.flowforge.observability.export.health.ExporterHealth;
import io.flowforge.observability.export.health.ExporterHealthRegistry;
import io.flowforge.observability.export.statistics.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Where the telemetry of a service is sent.
 */
@FunctionalInterface
interface TelemetryDestinations {

	/**
	 * Return where a signal is sent.
	 * @param signal the signal
	 * @return the address without credentials, {@code null} if the signal is not exported
	 */
	@Nullable String of(Signal signal);

	static TelemetryDestinations of(ExporterHealthRegistry registry) {
		return (signal) -> {
			List<ExporterHealth> exporters = registry.health(signal);
			return exporters.isEmpty() ? null
					: exporters.stream()
						.map((exporter) -> Objects.requireNonNullElse(exporter.address(), exporter.name()))
						.distinct()
						.collect(Collectors.joining(" and "));
		};
	}

}
