package io.flowforge.observability.web.requests;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.MetricNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds counters of requests that a meter filter denies or renames.
 */
final class RequestMetricsFindings implements Findings {

	private final ObjectProvider<MeterRegistry> registries;

	RequestMetricsFindings(ObjectProvider<MeterRegistry> registries) {
		this.registries = registries;
	}

	@Override
	public List<Finding> find() {
		boolean counted = this.registries.stream()
			.filter((registry) -> !(registry instanceof CompositeMeterRegistry))
			.allMatch((registry) -> registry.find(MetricNames.HTTP_REQUESTS).counter() != null
					&& registry.find(MetricNames.HTTP_REQUEST_DURATION).timer() != null);
		return counted ? List.of()
				: List.of(new Finding("management.metrics.enable",
						"""
								The metrics %s and %s are switched off or renamed, so alerts about errors and latency are off, or \
								inexact if http.server.requests is exported. Remove both metrics from management.metrics.enable and from \
								your meter filters."""
							.formatted(MetricNames.HTTP_REQUESTS, MetricNames.HTTP_REQUEST_DURATION)));
	}

}
