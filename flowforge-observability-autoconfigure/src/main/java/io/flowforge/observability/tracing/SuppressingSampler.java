package io.flowforge.observability.tracing;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Drops spans in contexts without tracing, even if the caller sampled the trace, and
 * leaves all others to the service's own sampler.
 */
final class SuppressingSampler implements Sampler {

	private final Sampler delegate;

	SuppressingSampler(Sampler delegate) {
		this.delegate = delegate;
	}

	@Override
	public SamplingResult shouldSample(Context parentContext, String traceId, String name, SpanKind spanKind,
			Attributes attributes, List<LinkData> parentLinks) {
		return SuppressedTracing.isSuppressed(parentContext) ? SamplingResult.drop()
				: this.delegate.shouldSample(parentContext, traceId, name, spanKind, attributes, parentLinks);
	}

	@Override
	public String getDescription() {
		return "Suppressing{" + this.delegate.getDescription() + "}";
	}

}
