package io.flowforge.observability.tracing.semconv;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.ClientRequestObservationConvention;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;

/**
 * Requests of {@code RestClient}, {@code RestTemplate}, and HTTP interfaces on top of
 * them.
 */
final class BlockingClientRequests extends HttpClientRequests<ClientRequestObservationContext> {

	BlockingClientRequests(SpanProperties properties, ObjectProvider<ClientRequestObservationConvention> conventions) {
		super(ClientRequestObservationContext.class, new SpringConventions(properties, conventions,
				Set.of(DefaultClientRequestObservationConvention.class)));
	}

	@Override
	@Nullable String method(ClientRequestObservationContext context) {
		ClientHttpRequest request = context.getCarrier();
		return (request != null) ? request.getMethod().name() : null;
	}

	@Override
	@Nullable URI url(ClientRequestObservationContext context) {
		ClientHttpRequest request = context.getCarrier();
		return (request != null) ? request.getURI() : null;
	}

	@Override
	@Nullable String uriTemplate(ClientRequestObservationContext context) {
		return context.getUriTemplate();
	}

	@Override
	int status(ClientRequestObservationContext context) {
		ClientHttpResponse response = context.getResponse();
		try {
			return (response != null) ? response.getStatusCode().value() : HttpSpan.NO_STATUS;
		}
		catch (IOException ex) {
			return HttpSpan.NO_STATUS;
		}
	}

}
