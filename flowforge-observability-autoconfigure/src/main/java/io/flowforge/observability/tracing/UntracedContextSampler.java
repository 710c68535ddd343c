package io.flowforge.observability.tracing;

import java.util.List;

import io.flowforge.observability.service.UntracedContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Drops the spans of marked contexts, also where the caller sampled the trace, and leaves
 * the others to the service's own sampler.
 */
final class UntracedContextSampler implements Sampler {

	private final Sampler delegate;

	UntracedContextSampler(Sampler delegate) {
		this.delegate = delegate;
	}

	@Override
	public SamplingResult shouldSample(Context parentContext, String traceId, String name, SpanKind spanKind,
			Attributes attributes, List<LinkData> parentLinks) {
		return UntracedContext.isMarked(parentContext) ? SamplingResult.drop()
				: this.delegate.shouldSample(parentContext, traceId, name, spanKind, attributes, parentLinks);
	}

	@Override
	public String getDescription() {
		return "UntracedContext{" + this.delegate.getDescription() + "}";
	}

}
