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
 */
final class RequestTimers {

	private static final String OPENTELEMETRY_NAME = "http.server.request.duration";

	private final List<String> names;

	RequestTimers(ObservationProperties observations) {
		this.names = List.of(observations.getHttp().getServer().getRequests().getName(), OPENTELEMETRY_NAME);
	}

	boolean include(Meter.Id id) {
		return id.getType() == Meter.Type.TIMER && this.names.contains(id.getName());
	}

	Stream<Meter.Id> ids() {
		return this.names.stream().map((name) -> new Meter.Id(name, Tags.empty(), null, null, Meter.Type.TIMER));
	}

}
