package io.flowforge.observability.tracing.semconv;

import java.net.URI;

import io.micrometer.observation.transport.SenderContext;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP requests that one kind of client sends, and how they are described in their
 * spans. Nothing is made for a request but what its span holds.
 *
 * @param <C> the context of the observation of a request
 */
abstract class HttpClientRequests<C extends SenderContext<?>> {

	private static final int FIRST_ERROR = 400;

	private final Class<C> contextType;

	private final SpringConventions conventions;

	private final ClientUrls urls = new ClientUrls();

	HttpClientRequests(Class<C> contextType, SpringConventions conventions) {
		this.contextType = contextType;
		this.conventions = conventions;
	}

	final boolean include(SenderContext<?> context) {
		return this.contextType.isInstance(context);
	}

	final boolean followOpenTelemetry(SenderContext<?> context) {
		return this.conventions.areReplaced(context);
	}

	final void describe(SenderContext<?> senderContext, Span span) {
		C context = this.contextType.cast(senderContext);
		String originalMethod = method(context);
		String method = HttpRequestNames.method(originalMethod);
		String uriTemplate = uriTemplate(context);
		String template = (uriTemplate != null) ? this.urls.path(uriTemplate) : null;
		String otherName = SpringConventions.otherName(context);
		span.updateName((otherName != null) ? otherName : HttpRequestNames.span(method, template));
		HttpSpan.setMethod(span, method, originalMethod);
		if (template != null) {
			span.setAttribute(HttpAttributes.URL_TEMPLATE, template);
		}
		URI url = url(context);
		if (url != null) {
			span.setAttribute(HttpAttributes.URL_FULL, this.urls.full(url));
			setServer(span, url);
		}
		HttpSpan.setOutcome(span, status(context), FIRST_ERROR, context.getError());
		SpringConventions.addOtherKeyValues(context, span);
	}

	private static void setServer(Span span, URI url) {
		String host = url.getHost();
		if (host != null) {
			span.setAttribute(HttpAttributes.SERVER_ADDRESS, host);
			span.setAttribute(HttpAttributes.SERVER_PORT, (long) port(url));
		}
	}

	private static int port(URI url) {
		return (url.getPort() >= 0) ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
	}

	final void setErrorStatus(SenderContext<?> context, Span span) {
		HttpSpan.setErrorStatus(span, status(this.contextType.cast(context)), FIRST_ERROR, context);
	}

	abstract @Nullable String method(C context);

	abstract @Nullable URI url(C context);

	abstract @Nullable String uriTemplate(C context);

	abstract int status(C context);

}
