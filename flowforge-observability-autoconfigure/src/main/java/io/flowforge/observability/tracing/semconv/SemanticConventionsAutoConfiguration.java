package io.flowforge.observability.tracing.semconv;

import java.util.Set;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.ClientRequestObservationConvention;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/**
 * Auto-configuration for spans of HTTP requests by OpenTelemetry's semantic conventions.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OpenTelemetryTracingAutoConfiguration.class,
		before = MicrometerTracingAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnClass({ OtelTracer.class, OpenTelemetryTracingAutoConfiguration.class })
@ConditionalOnBean({ OtelTracer.class, Propagator.class })
@EnableConfigurationProperties(SpanProperties.class)
public final class SemanticConventionsAutoConfiguration {

	SemanticConventionsAutoConfiguration() {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ServerRequestObservationContext.class, HttpServletRequest.class })
	static class ServerConfiguration {

		@Bean
		@ConditionalOnMissingBean(PropagatingReceiverTracingObservationHandler.class)
		@Order(MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER)
		HttpServerSpanHandler flowforgeHttpServerSpanHandler(Tracer tracer, Propagator propagator,
				SpanProperties properties, ObjectProvider<ServerRequestObservationConvention> conventions) {
			// Spring's other convention is in the same words as the span, for metrics
			// that are, too.
			return new HttpServerSpanHandler(tracer, propagator,
					new SpringConventions(properties, conventions,
							Set.of(DefaultServerRequestObservationConvention.class,
									OpenTelemetryServerRequestObservationConvention.class)),
					properties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ClientRequestObservationContext.class)
	static class ClientConfiguration {

		@Bean
		@ConditionalOnMissingBean(PropagatingSenderTracingObservationHandler.class)
		@Order(MicrometerTracingAutoConfiguration.SENDER_TRACING_OBSERVATION_HANDLER_ORDER)
		HttpClientSpanHandler flowforgeHttpClientSpanHandler(Tracer tracer, Propagator propagator,
				ObjectProvider<HttpClientRequests<?>> clients) {
			return new HttpClientSpanHandler(tracer, propagator, clients.orderedStream().toList());
		}

		@Bean
		BlockingClientRequests flowforgeBlockingClientRequests(SpanProperties properties,
				ObjectProvider<ClientRequestObservationConvention> conventions) {
			return new BlockingClientRequests(properties, conventions);
		}

	}

	// WebClient can be there in a service without any server.
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(org.springframework.web.reactive.function.client.ClientRequestObservationContext.class)
	static class WebClientConfiguration {

		@Bean
		WebClientRequests flowforgeWebClientRequests(SpanProperties properties,
				ObjectProvider<org.springframework.web.reactive.function.client.ClientRequestObservationConvention> conventions) {
			return new WebClientRequests(properties, conventions);
		}

	}

}
