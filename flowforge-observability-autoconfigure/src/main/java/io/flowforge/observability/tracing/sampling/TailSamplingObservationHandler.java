package io.flowforge.observability.tracing.sampling;

import io.flowforge.observability.limits.RequestJudge;
import io.flowforge.observability.limits.RequestVerdict;
import io.flowforge.observability.limits.ServletRequestReader;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.util.ClassUtils;

/**
 * Decides about the trace of a request before its timer is recorded, so that the timer
 * can have an exemplar, and as long as the request and its response can be asked. The
 * span has neither a status nor the type of the response.
 */
final class TailSamplingObservationHandler implements ObservationHandler<ReceiverContext<?>> {

	private static final boolean SERVLET = ClassUtils.isPresent("jakarta.servlet.http.HttpServletResponse",
			TailSamplingObservationHandler.class.getClassLoader())
			&& ClassUtils.isPresent("org.springframework.http.server.observation.ServerRequestObservationContext",
					TailSamplingObservationHandler.class.getClassLoader());

	private final UnsampledTraceBuffer traces;

	private final TailSamplingPolicy policy;

	private final RequestJudge judge;

	TailSamplingObservationHandler(UnsampledTraceBuffer traces, TailSamplingPolicy policy, RequestJudge judge) {
		this.traces = traces;
		this.policy = policy;
		this.judge = judge;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ReceiverContext;
	}

	@Override
	public void onStop(ReceiverContext<?> context) {
		TraceContext trace = unsampledTrace(context);
		if (trace == null) {
			return;
		}
		if (SERVLET && ServletRequests.include(context)) {
			if (ServletRequests.areWorthATrace(context, this.traces.ageNanos(trace.traceId()), this.judge)) {
				this.traces.sample(trace.traceId());
			}
			else {
				this.traces.acquit(trace.traceId(), trace.spanId());
			}
		}
		else if (context.getError() != null || hasServerError(context) || isSlow(context, trace)) {
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
		return statusCode != null && TailSamplingPolicy.isServerError(statusCode.getValue());
	}

	// Not loaded in services without servlets.
	private static final class ServletRequests {

		static boolean include(ReceiverContext<?> context) {
			return context instanceof ServerRequestObservationContext;
		}

		static boolean areWorthATrace(ReceiverContext<?> context, long nanos, RequestJudge judge) {
			ServerRequestObservationContext request = (ServerRequestObservationContext) context;
			HttpServletResponse response = request.getResponse();
			if (response == null) {
				return request.getError() != null;
			}
			RequestVerdict verdict = judge.judge(response.getStatus(), nanos, request.getCarrier(), response,
					ServletRequestReader.INSTANCE);
			return verdict.isFailed() || verdict.isSlow();
		}

	}

}
