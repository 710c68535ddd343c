package io.flowforge.observability.tracing.semconv;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

/**
 * Requests of {@code WebClient}, and of HTTP interfaces on top of it.
 */
final class WebClientRequests extends HttpClientRequests<ClientRequestObservationContext> {

	WebClientRequests(SpanProperties properties, ObjectProvider<ClientRequestObservationConvention> conventions) {
		super(ClientRequestObservationContext.class, new SpringConventions(properties, conventions,
				Set.of(DefaultClientRequestObservationConvention.class)));
	}

	@Override
	@Nullable String method(ClientRequestObservationContext context) {
		ClientRequest request = context.getRequest();
		return (request != null) ? request.method().name() : null;
	}

	@Override
	@Nullable URI url(ClientRequestObservationContext context) {
		ClientRequest request = context.getRequest();
		return (request != null) ? request.url() : null;
	}

	@Override
	@Nullable String uriTemplate(ClientRequestObservationContext context) {
		return context.getUriTemplate();
	}

	@Override
	int status(ClientRequestObservationContext context) {
		ClientResponse response = context.getResponse();
		return (response != null) ? response.statusCode().value() : HttpSpan.NO_STATUS;
	}

}
