package io.flowforge.observability.tracing.sampling;

import io.flowforge.observability.export.ExportStatistics;
import io.flowforge.observability.limits.AlertsProperties;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.metrics.tracer.common.SpanContext;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration for tail sampling. It backs off when nothing exports spans, and when
 * unsampled spans are exported anyway: they would be exported twice.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean({ BatchSpanProcessor.class, SpanExporter.class })
@ConditionalOnBooleanProperty(name = TailSamplingProperties.PREFIX + ".enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "management.opentelemetry.tracing.export.include-unsampled", havingValue = false,
		matchIfMissing = true)
@EnableConfigurationProperties(TailSamplingProperties.class)
public class TailSamplingConfiguration {

	@Bean
	UnsampledTraceBuffer unsampledTraceBuffer(TailSamplingProperties properties) {
		return new UnsampledTraceBuffer(properties.maxSpans(), properties.maxAge(), System::nanoTime);
	}

	@Bean
	TailSamplingPolicy tailSamplingPolicy(AlertsProperties alerts) {
		return new TailSamplingPolicy(alerts.getLatencyP99());
	}

	@Bean
	TailSamplingSpanProcessor tailSamplingSpanProcessor(UnsampledTraceBuffer traces, TailSamplingPolicy rule,
			BatchSpanProcessor export, ExportStatistics statistics) {
		return new TailSamplingSpanProcessor(traces, rule, export, statistics);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		TailSamplingMetrics tailSamplingMetrics(UnsampledTraceBuffer traces) {
			return new TailSamplingMetrics(traces);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ SpanContext.class, TracingObservationHandler.class })
	@Conditional(ExemplarsWanted.class)
	@ConditionalOnMissingBean(SpanContext.class)
	static class ExemplarsConfiguration {

		@Bean
		TailSampledExemplars tailSampledExemplars(UnsampledTraceBuffer traces) {
			return new TailSampledExemplars(traces);
		}

		@Bean
		TailSamplingObservationHandler tailSamplingObservationHandler(UnsampledTraceBuffer traces,
				TailSamplingPolicy rule) {
			return new TailSamplingObservationHandler(traces, rule);
		}

	}

	// Spring Boot refuses "all", which Prometheus does not support.
	static class ExemplarsWanted extends NoneNestedConditions {

		ExemplarsWanted() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty(name = "management.tracing.exemplars.include", havingValue = "all")
		static class All {

		}

		@ConditionalOnProperty(name = "management.tracing.exemplars.include", havingValue = "none")
		static class None {

		}

	}

}
