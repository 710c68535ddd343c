package io.flowforge.observability.tracing.semconv;

import java.util.List;

import io.micrometer.observation.transport.SenderContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of Micrometer's handler. The span of an HTTP request that the service
 * sends follows OpenTelemetry's semantic conventions, while its timer keeps the names and
 * labels that Spring's convention gives to both. Other spans stay as they are.
 */
final class HttpClientSpanHandler extends PropagatingSenderTracingObservationHandler<SenderContext<?>> {

	private final List<HttpClientRequests<?>> clients;

	HttpClientSpanHandler(Tracer tracer, Propagator propagator, List<HttpClientRequests<?>> clients) {
		super(tracer, propagator);
		this.clients = clients;
	}

	@Override
	public void onError(SenderContext<?> context) {
		HttpClientRequests<?> requests = find(context);
		Throwable error = context.getError();
		if (error != null && requests != null && requests.followOpenTelemetry(context)) {
			// The status depends on the response.
			OtelSpan.toOtel(getRequiredSpan(context)).recordException(error);
		}
		else {
			super.onError(context);
		}
	}

	@Override
	public void onStop(SenderContext<?> context) {
		HttpClientRequests<?> requests = find(context);
		if (requests == null || !requests.followOpenTelemetry(context)) {
			super.onStop(context);
			return;
		}
		Span span = OtelSpan.toOtel(getRequiredSpan(context));
		if (span.isRecording()) {
			requests.describe(context, span);
		}
		getTracingContext(context).close();
		// Micrometer's span would set the status OK, which is for the service to set.
		span.end();
	}

	@Override
	public void customizeSenderSpan(SenderContext<?> context, io.micrometer.tracing.Span span) {
		HttpClientRequests<?> requests = find(context);
		if (requests != null) {
			requests.setErrorStatus(context, OtelSpan.toOtel(span));
		}
	}

	private @Nullable HttpClientRequests<?> find(SenderContext<?> context) {
		for (HttpClientRequests<?> candidate : this.clients) {
			if (candidate.include(context)) {
				return candidate;
			}
		}
		return null;
	}

}
