package io.flowforge.observability.web.requests;

import io.flowforge.observability.limits.RequestTimers;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Marks the timers of requests of a service that counts its requests itself. They have a
 * series for each route and bucket; by the mark, rules leave them unread. Where somebody
 * has switched the counters off, the timers have no mark, and rules use them instead.
 */
final class CountedRequestsMark implements MeterFilter {

	private static final Tag MARK = Tag.of("starter", "flowforge");

	private final RequestTimers timers;

	private final RequestMetrics metrics;

	CountedRequestsMark(RequestTimers timers, RequestMetrics metrics) {
		this.timers = timers;
		this.metrics = metrics;
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		return (this.timers.include(id) && this.metrics.areExported()) ? id.withTag(MARK) : id;
	}

}
