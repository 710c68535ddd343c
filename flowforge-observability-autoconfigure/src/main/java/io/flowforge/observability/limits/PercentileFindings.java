package io.flowforge.observability.limits;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.metrics.autoconfigure.PropertiesMeterFilter;

/**
 * Finds percentiles that a user chose for the request timer and that leave no room for
 * the buckets that alerts need.
 */
final class PercentileFindings implements Findings {

	private static final String PROPERTY = "management.metrics.distribution.percentiles";

	private final Meter.Id timer;

	private final ObjectProvider<PropertiesMeterFilter> filter;

	PercentileFindings(String meterName, ObjectProvider<PropertiesMeterFilter> filter) {
		this.timer = new Meter.Id(meterName, Tags.empty(), null, null, Meter.Type.TIMER);
		this.filter = filter;
	}

	@Override
	public List<Finding> find() {
		return this.filter.stream()
			.map((properties) -> properties.configure(this.timer, DistributionStatisticConfig.NONE))
			.filter(LatencyBucketsFilter::hasOnlyPercentiles)
			.map((config) -> new Finding(PROPERTY,
					"""
							It asks for percentiles of %s. Prometheus has either percentiles or buckets of a timer, so there are no \
							buckets: no alert fires for a high latency of this service. Leave this timer out to get the alert.\
							"""
						.formatted(this.timer.getName())))
			.toList();
	}

}
