package io.flowforge.observability.limits;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Marks the timers of requests of a service that counts its requests itself. They have a
 * series for each route and bucket; by the mark, rules leave them unread.
 */
final class CountedRequestsMark implements MeterFilter {

	private final RequestTimers timers;

	CountedRequestsMark(RequestTimers timers) {
		this.timers = timers;
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		return this.timers.include(id) ? id.withTag(Tag.of("starter", "flowforge")) : id;
	}

}
