package io.flowforge.observability.tracing;

import io.flowforge.observability.service.ActuatorPath;
import io.flowforge.observability.service.ConditionalOnObservabilityEnabled;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.opentelemetry.autoconfigure.ConditionalOnEnabledOpenTelemetry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that leaves requests to actuator endpoints without spans.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnClass({ SdkTracerProvider.class, SdkTracerProviderBuilderCustomizer.class })
@ConditionalOnEnabledOpenTelemetry
public final class TracingAutoConfiguration {

	TracingAutoConfiguration() {
	}

	// After the customizers of others: whatever the sampler says, these requests have no
	// spans.
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	SdkTracerProviderBuilderCustomizer untracedRequestsCustomizer(ObjectProvider<Sampler> samplers) {
		return (builder) -> samplers.ifAvailable((sampler) -> builder.setSampler(new UntracedRequestsSampler(sampler)));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
	static class ServletConfiguration {

		// Before the filter that starts the observation of the request.
		@Bean
		FilterRegistrationBean<UntracedEndpointsFilter> untracedEndpointsFilter(Environment environment) {
			FilterRegistrationBean<UntracedEndpointsFilter> registration = new FilterRegistrationBean<>(
					new UntracedEndpointsFilter(ActuatorPath.of(environment)));
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
			return registration;
		}

	}

}
