package io.flowforge.observability.limits;

import java.time.Duration;
import java.util.stream.DoubleStream;

import io.flowforge.observability.MetricNames;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;

/**
 * Gives the timer of requests a bucket exactly at the service's latency limit, so that
 * the share of slower requests is counted and not interpolated; and, unless the user
 * chose others, few enough boundaries around it to be stored for every route, the same in
 * every service. If the user chose percentiles only, nothing is changed: Prometheus has
 * either percentiles or buckets of a timer. The library's own timer, which rules read,
 * has these boundaries whatever the user chose for others. Requests to the actuator have
 * none around it: they do not count. One is there, because Prometheus' client takes no
 * timer without buckets beside one with buckets under the same name.
 */
final class LatencyBucketsFilter implements MeterFilter {

	private static final double[] DEFAULT_BOUNDARIES = DoubleStream
		.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
		.map((seconds) -> seconds * 1e9)
		.toArray();

	private final RequestTimers timers;

	private final ActuatorPath endpoints;

	private final double limit;

	private final DistributionStatisticConfig own;

	LatencyBucketsFilter(RequestTimers timers, ActuatorPath endpoints, Duration limit) {
		this.timers = timers;
		this.endpoints = endpoints;
		this.limit = limit.toNanos();
		this.own = DistributionStatisticConfig.builder()
			.percentiles()
			.percentilesHistogram(false)
			.serviceLevelObjectives(withLimit(DEFAULT_BOUNDARIES))
			.build();
	}

	@Override
	public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		if (id.getName().equals(MetricNames.HTTP_REQUEST_DURATION)) {
			return this.own.merge(config);
		}
		if (!this.timers.include(id) || hasOnlyPercentiles(config)) {
			return config;
		}
		double[] chosen = config.getServiceLevelObjectiveBoundaries();
		boolean histogram = Boolean.TRUE.equals(config.isPercentileHistogram());
		double[] boundaries = (chosen != null) ? chosen
				: (histogram || isOfEndpoint(id)) ? new double[0] : DEFAULT_BOUNDARIES;
		return DistributionStatisticConfig.builder()
			.serviceLevelObjectives(withLimit(boundaries))
			.build()
			.merge(config);
	}

	private boolean isOfEndpoint(Meter.Id id) {
		String route = id.getTag("uri");
		return route != null && this.endpoints.matches(route, 0);
	}

	private double[] withLimit(double[] boundaries) {
		return DoubleStream.concat(DoubleStream.of(boundaries), DoubleStream.of(this.limit))
			.sorted()
			.distinct()
			.toArray();
	}

	static boolean hasOnlyPercentiles(DistributionStatisticConfig config) {
		return config.isPublishingPercentiles() && !config.isPublishingHistogram();
	}

}
