package io.flowforge.observability.tracing.sampling;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.ResponseContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Samples the trace of a failed or slow request before its timer is recorded, so that the
 * timer can have an exemplar. The span has no status until later.
 */
final class TailSamplingObservationHandler implements ObservationHandler<ReceiverContext<?>> {

	private static final boolean SERVLET = ClassUtils.isPresent("jakarta.servlet.http.HttpServletResponse",
			TailSamplingObservationHandler.class.getClassLoader());

	private final UnsampledTraceBuffer traces;

	private final TailSamplingPolicy policy;

	TailSamplingObservationHandler(UnsampledTraceBuffer traces, TailSamplingPolicy policy) {
		this.traces = traces;
		this.policy = policy;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ReceiverContext;
	}

	@Override
	public void onStop(ReceiverContext<?> context) {
		TraceContext trace = unsampledTrace(context);
		if (trace != null && (context.getError() != null || hasServerError(context) || isSlow(context, trace))) {
			this.traces.sample(trace.traceId());
		}
	}

	private boolean isSlow(ReceiverContext<?> context, TraceContext trace) {
		return context.getKind() == Kind.SERVER && this.policy.isSlow(this.traces.ageNanos(trace.traceId()));
	}

	private static @Nullable TraceContext unsampledTrace(ReceiverContext<?> context) {
		TracingContext tracing = context.get(TracingContext.class);
		Span span = (tracing != null) ? tracing.getSpan() : null;
		return (span != null && !Boolean.TRUE.equals(span.context().sampled())) ? span.context() : null;
	}

	private static boolean hasServerError(ReceiverContext<?> context) {
		KeyValue status = context.getLowCardinalityKeyValue(TailSamplingPolicy.STATUS);
		KeyValue statusCode = (status != null) ? status
				: context.getLowCardinalityKeyValue(TailSamplingPolicy.STATUS_CODE);
		return (statusCode != null) ? TailSamplingPolicy.isServerError(statusCode.getValue())
				: SERVLET && Responses.haveServerError(context);
	}

	// Not among the key-values, if the service has a convention of its own.
	private static final class Responses {

		static boolean haveServerError(ReceiverContext<?> context) {
			return context instanceof ResponseContext<?> reply
					&& reply.getResponse() instanceof HttpServletResponse response && response.getStatus() >= 500;
		}

	}

}
