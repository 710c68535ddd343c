package io.flowforge.observability.tracing.sampling;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;

/**
 * An unsampled span with the sampled flag, without which exporters ignore it.
 */
final class TailSampledSpan implements ReadableSpan {

	private final ReadableSpan span;

	private final SpanContext context;

	TailSampledSpan(ReadableSpan span) {
		this.span = span;
		SpanContext unsampled = span.getSpanContext();
		TraceFlags flags = TraceFlags
			.fromByte((byte) (unsampled.getTraceFlags().asByte() | TraceFlags.getSampled().asByte()));
		this.context = SpanContext.create(unsampled.getTraceId(), unsampled.getSpanId(), flags,
				unsampled.getTraceState());
	}

	@Override
	public SpanContext getSpanContext() {
		return this.context;
	}

	@Override
	public SpanData toSpanData() {
		SpanContext context = this.context;
		return new DelegatingSpanData(this.span.toSpanData()) {

			@Override
			public SpanContext getSpanContext() {
				return context;
			}

		};
	}

	@Override
	public SpanContext getParentSpanContext() {
		return this.span.getParentSpanContext();
	}

	@Override
	public String getName() {
		return this.span.getName();
	}

	@Override
	@Deprecated
	@SuppressWarnings("deprecation")
	public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
		return this.span.getInstrumentationLibraryInfo();
	}

	@Override
	public InstrumentationScopeInfo getInstrumentationScopeInfo() {
		return this.span.getInstrumentationScopeInfo();
	}

	@Override
	public boolean hasEnded() {
		return this.span.hasEnded();
	}

	@Override
	public long getLatencyNanos() {
		return this.span.getLatencyNanos();
	}

	@Override
	public SpanKind getKind() {
		return this.span.getKind();
	}

	@Override
	public <T> @Nullable T getAttribute(AttributeKey<T> key) {
		return this.span.getAttribute(key);
	}

	@Override
	public Attributes getAttributes() {
		return this.span.getAttributes();
	}

}
