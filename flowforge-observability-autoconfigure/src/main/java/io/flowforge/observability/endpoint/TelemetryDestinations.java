package io.flowforge.observability.endpoint;

import io.flowforge.observability.export.Signal;
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

}
