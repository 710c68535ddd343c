package io.flowforge.observability.limits;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.metrics.autoconfigure.PropertiesMeterFilter;

/**
 * Finds percentiles that a user chose for the request timer and that leave no room for
 * the buckets that alerts need.
 */
final class PercentileFindings implements Findings {

	private static final String PROPERTY = "management.metrics.distribution.percentiles";

	private final RequestTimers timers;

	private final ObjectProvider<PropertiesMeterFilter> filter;

	PercentileFindings(RequestTimers timers, ObjectProvider<PropertiesMeterFilter> filter) {
		this.timers = timers;
		this.filter = filter;
	}

	@Override
	public List<Finding> find() {
		return this.filter.stream()
			.flatMap((properties) -> this.timers.ids()
				.filter((timer) -> LatencyBucketsFilter
					.hasOnlyPercentiles(properties.configure(timer, DistributionStatisticConfig.NONE)))
				.limit(1))
			.map((timer) -> new Finding(PROPERTY,
					"""
							It asks for percentiles of %s. Prometheus has either percentiles or buckets of a timer, so there are no \
							buckets: no alert fires for a high latency of this service. Leave this timer out to get the alert.\
							"""
						.formatted(timer.getName())))
			.toList();
	}

}
