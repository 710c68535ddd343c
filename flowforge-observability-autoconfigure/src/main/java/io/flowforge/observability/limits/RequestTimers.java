package io.flowforge.observability.limits;

import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;

import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;

/**
 * The timers of the requests that the service answers. Their name is that of Spring's
 * default convention, or that of its
 * {@code OpenTelemetryServerRequestObservationConvention} if the service has such a bean.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class RequestTimers {

	private static final String OPENTELEMETRY_NAME = "http.server.request.duration";

	private final List<String> names;

	/**
	 * Create an instance.
	 * @param observations the names that the service has chosen
	 */
	public RequestTimers(ObservationProperties observations) {
		this.names = List.of(observations.getHttp().getServer().getRequests().getName(), OPENTELEMETRY_NAME);
	}

	/**
	 * Whether a meter is one of them.
	 * @param id the id of the meter
	 * @return whether it is
	 */
	public boolean include(Meter.Id id) {
		return id.getType() == Meter.Type.TIMER && this.names.contains(id.getName());
	}

	Stream<Meter.Id> ids() {
		return this.names.stream().map((name) -> new Meter.Id(name, Tags.empty(), null, null, Meter.Type.TIMER));
	}

}
