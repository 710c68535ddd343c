package io.flowforge.observability.tracing;

import io.flowforge.observability.limits.ActuatorPath;
import io.flowforge.observability.limits.LimitsAutoConfiguration;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.tracing.exemplars.ExemplarsConfiguration;
import io.flowforge.observability.tracing.sampling.RecordingSampler;
import io.flowforge.observability.tracing.sampling.TailSamplingConfiguration;
import io.flowforge.observability.tracing.sampling.TailSamplingSpanProcessor;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.ConditionalOnEnabledOpenTelemetry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration that leaves requests to actuator endpoints without spans, and that
 * exports the traces of requests that failed or were slow, whether sampled or not.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { LimitsAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
		OtlpTracingAutoConfiguration.class }, before = PrometheusExemplarsAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnClass({ OtelTracer.class, OpenTelemetrySdk.class, SdkTracerProvider.class,
		SdkTracerProviderBuilderCustomizer.class })
@ConditionalOnEnabledOpenTelemetry
@Import({ TailSamplingConfiguration.class, ExemplarsConfiguration.class, ReactorContextPropagationConfiguration.class })
public final class TracingAutoConfiguration {

	TracingAutoConfiguration() {
	}

	// Before the customizers of others: a sampler that somebody sets there wins.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SdkTracerProviderBuilderCustomizer flowforgeSamplerCustomizer(ObjectProvider<Sampler> samplers,
			ObjectProvider<TailSamplingSpanProcessor> tailSampling, ObjectProvider<SpanExporters> exporters,
			@Qualifier("flowforgeBatchSpanProcessor") ObjectProvider<BatchSpanProcessor> ownProcessor) {
		return (builder) -> samplers.ifAvailable((sampler) -> {
			boolean recording = tailSampling.getIfAvailable() != null && isExporting(exporters, ownProcessor);
			builder.setSampler(new SuppressingSampler(recording ? new RecordingSampler(sampler) : sampler));
		});
	}

	// Not a condition on beans: exporters may come from auto-configurations that are
	// later.
	// A processor of the service's own may have exporters that are not beans.
	private static boolean isExporting(ObjectProvider<SpanExporters> exporters,
			ObjectProvider<BatchSpanProcessor> ownProcessor) {
		return ownProcessor.getIfAvailable() == null
				|| exporters.stream().anyMatch((candidates) -> !candidates.list().isEmpty());
	}

	@Bean
	SamplerFindings flowforgeSamplerFindings(ObjectProvider<OpenTelemetry> openTelemetry) {
		return new SamplerFindings(openTelemetry);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
	static class ServletConfiguration {

		@Bean
		FilterRegistrationBean<SuppressedEndpointsFilter> flowforgeSuppressedEndpointsFilter(ActuatorPath endpoints) {
			return SuppressedEndpointsFilter
				.register((request) -> endpoints.matches(request.getRequestURI(), request.getContextPath().length()));
		}

	}

}
