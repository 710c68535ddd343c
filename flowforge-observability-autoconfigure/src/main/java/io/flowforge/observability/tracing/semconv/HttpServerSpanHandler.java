package io.flowforge.observability.tracing.semconv;

import io.flowforge.observability.limits.RequestJudge;
import io.flowforge.observability.tracing.observation.RequestObservationContext;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.Span;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Takes the place of Micrometer's handler. The span of an HTTP request that the service
 * receives follows OpenTelemetry's semantic conventions, while its timer keeps the names
 * and labels that Spring's convention gives to both. Other spans stay as they are.
 */
final class HttpServerSpanHandler extends PropagatingReceiverTracingObservationHandler<ReceiverContext<?>> {

	private static final int FIRST_ERROR = 500;

	private final SpringConventions conventions;

	private final SpanProperties properties;

	// Boxed once, and not for each request: it hardly ever changes.
	private volatile Long port = 0L;

	HttpServerSpanHandler(Tracer tracer, Propagator propagator, SpringConventions conventions,
			SpanProperties properties) {
		super(tracer, propagator);
		this.conventions = conventions;
		this.properties = properties;
	}

	@Override
	public void onError(ReceiverContext<?> context) {
		Throwable error = context.getError();
		if (error != null && (describes(context) || RequestJudge.isClientGone(error))) {
			// The status depends on the response.
			OtelSpan.toOtel(getRequiredSpan(context)).recordException(error);
		}
		else {
			super.onError(context);
		}
	}

	@Override
	public void onStop(ReceiverContext<?> context) {
		if (!describes(context)) {
			super.onStop(context);
			return;
		}
		Span span = OtelSpan.toOtel(getRequiredSpan(context));
		if (span.isRecording()) {
			describe((ServerRequestObservationContext) context, span);
		}
		getTracingContext(context).close();
		// Micrometer's span would set the status OK, which is for the service to set.
		span.end();
	}

	@Override
	public void customizeReceiverSpan(ReceiverContext<?> context, io.micrometer.tracing.Span span) {
		if (context instanceof ServerRequestObservationContext request
				&& !RequestJudge.isClientGone(request.getError())) {
			HttpSpan.setErrorStatus(OtelSpan.toOtel(span), status(request), FIRST_ERROR, context);
		}
	}

	private boolean describes(ReceiverContext<?> context) {
		return context instanceof ServerRequestObservationContext && this.conventions.areReplaced(context);
	}

	private void describe(ServerRequestObservationContext context, Span span) {
		HttpServletRequest request = context.getCarrier();
		String method = HttpRequestNames.method(request.getMethod());
		String route = HttpRequestNames.route(context.getPathPattern());
		String otherName = SpringConventions.otherName(context);
		span.updateName((otherName != null) ? otherName : HttpRequestNames.span(method, route));
		HttpSpan.setMethod(span, method, request.getMethod());
		if (route != null) {
			span.setAttribute(HttpAttributes.ROUTE, route);
		}
		span.setAttribute(HttpAttributes.URL_SCHEME, request.getScheme());
		span.setAttribute(HttpAttributes.URL_PATH, request.getRequestURI());
		span.setAttribute(HttpAttributes.SERVER_ADDRESS, request.getServerName());
		span.setAttribute(HttpAttributes.SERVER_PORT, boxedPort(request));
		setProtocolVersion(span, request.getProtocol());
		if (this.properties.clientAddress()) {
			span.setAttribute(HttpAttributes.CLIENT_ADDRESS, request.getRemoteAddr());
		}
		if (this.properties.userAgent()) {
			span.setAttribute(HttpAttributes.USER_AGENT, request.getHeader("User-Agent"));
		}
		Throwable error = context.getError();
		if (error != null && RequestJudge.isClientGone(error)) {
			HttpSpan.setClientGone(span, status(context), FIRST_ERROR, error);
		}
		else {
			HttpSpan.setOutcome(span, status(context), FIRST_ERROR, error);
		}
		if (!(context instanceof RequestObservationContext own && own.hasOnlyDefaultKeyValues())) {
			SpringConventions.addOtherKeyValues(context, span);
		}
	}

	private Long boxedPort(HttpServletRequest request) {
		Long boxed = this.port;
		if (boxed != request.getServerPort()) {
			boxed = (long) request.getServerPort();
			this.port = boxed;
		}
		return boxed;
	}

	private static void setProtocolVersion(Span span, @Nullable String protocol) {
		String version = switch ((protocol != null) ? protocol : "") {
			case "HTTP/1.1" -> "1.1";
			case "HTTP/2", "HTTP/2.0" -> "2";
			case "HTTP/1.0" -> "1.0";
			default -> null;
		};
		if (version != null) {
			span.setAttribute(HttpAttributes.PROTOCOL_VERSION, version);
		}
	}

	private static int status(ServerRequestObservationContext context) {
		HttpServletResponse response = context.getResponse();
		return (response != null) ? response.getStatus() : HttpSpan.NO_STATUS;
	}

}
