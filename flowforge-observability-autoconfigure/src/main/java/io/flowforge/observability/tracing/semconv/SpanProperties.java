package io.flowforge.observability.tracing.semconv;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the spans of HTTP requests.
 *
 * @param conventions The conventions that name the spans of HTTP requests and their
 * attributes. Metrics keep their names and labels. With both, the status of a span is
 * ERROR for a request that the service answers with 500 or more, and for one of its own
 * that is answered with 400 or more.
 * @param clientAddress Whether the span of a request that the service receives has the IP
 * address of the client (client.address). It is personal data.
 * @param userAgent Whether the span of a request that the service receives has its
 * User-Agent header (user_agent.original).
 * @since 0.1.0
 */
@ConfigurationProperties("flowforge.observability.tracing")
public record SpanProperties(@DefaultValue("opentelemetry") Conventions conventions,
		@DefaultValue("false") boolean clientAddress, @DefaultValue("false") boolean userAgent) {

	/**
	 * Conventions for names and attributes of spans.
	 */
	public enum Conventions {

		/**
		 * OpenTelemetry's stable semantic conventions for HTTP.
		 */
		OPENTELEMETRY,

		/**
		 * The key-values of the observation, as in Micrometer's metrics.
		 */
		MICROMETER

	}

}
