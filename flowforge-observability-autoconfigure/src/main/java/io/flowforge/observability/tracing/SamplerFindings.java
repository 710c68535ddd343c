package io.flowforge.observability.tracing;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds a sampler in force that is not ours: set by a customizer of the service's own, or
 * that of a tracer provider of its own.
 */
final class SamplerFindings implements Findings {

	private final ObjectProvider<OpenTelemetry> openTelemetry;

	SamplerFindings(ObjectProvider<OpenTelemetry> openTelemetry) {
		this.openTelemetry = openTelemetry;
	}

	@Override
	public List<Finding> find() {
		return this.openTelemetry.stream().allMatch(SamplerFindings::hasOurSampler) ? List.of() : List.of(new Finding(
				"Sampler",
				"""
						The service's own tracer provider or its customizer sets the sampler: requests to actuator endpoints \
						have spans, and the traces of failed or slow requests are exported only if it samples them. Make \
						the sampler a bean instead."""));
	}

	private static boolean hasOurSampler(OpenTelemetry openTelemetry) {
		return openTelemetry instanceof OpenTelemetrySdk sdk
				&& sdk.getSdkTracerProvider().getSampler() instanceof SuppressingSampler;
	}

}
