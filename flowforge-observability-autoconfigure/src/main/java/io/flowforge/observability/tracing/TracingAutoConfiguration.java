package io.flowforge.observability.tracing;

import io.flowforge.observability.limits.ActuatorPath;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.tracing.sampling.RecordingSampler;
import io.flowforge.observability.tracing.sampling.TailSamplingConfiguration;
import io.flowforge.observability.tracing.sampling.TailSamplingSpanProcessor;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.ConditionalOnEnabledOpenTelemetry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that leaves requests to actuator endpoints without spans, and keeps
 * the traces of requests that failed or were slow, whether sampled or not.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { OpenTelemetryTracingAutoConfiguration.class, OtlpTracingAutoConfiguration.class },
		before = PrometheusExemplarsAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnClass({ SdkTracerProvider.class, SdkTracerProviderBuilderCustomizer.class })
@ConditionalOnEnabledOpenTelemetry
@Import(TailSamplingConfiguration.class)
public final class TracingAutoConfiguration {

	TracingAutoConfiguration() {
	}

	// Before the customizers of others: a sampler that somebody sets there wins.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SdkTracerProviderBuilderCustomizer flowforgeSamplerCustomizer(ObjectProvider<Sampler> samplers,
			ObjectProvider<TailSamplingSpanProcessor> tailSampling) {
		return (builder) -> samplers.ifAvailable((sampler) -> {
			Sampler recording = (tailSampling.getIfAvailable() != null) ? new RecordingSampler(sampler) : sampler;
			builder.setSampler(new SuppressingSampler(recording));
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
	static class ServletConfiguration {

		@Bean
		FilterRegistrationBean<SuppressedEndpointsFilter> suppressedEndpointsFilter(Environment environment) {
			return SuppressedEndpointsFilter.register(ActuatorPath.of(environment)::matches);
		}

	}

}
