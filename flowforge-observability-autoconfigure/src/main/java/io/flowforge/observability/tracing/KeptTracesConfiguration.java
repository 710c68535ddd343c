package io.flowforge.observability.tracing;

import io.flowforge.observability.service.AlertsProperties;
import io.flowforge.observability.service.ProducedItems;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps the traces of requests that failed or were slow. Needs something that exports
 * spans; and where unsampled spans are exported anyway, they would be exported twice.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean({ BatchSpanProcessor.class, SpanExporter.class })
@ConditionalOnBooleanProperty(name = "flowforge.observability.tracing.keep.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "management.opentelemetry.tracing.export.include-unsampled", havingValue = false,
		matchIfMissing = true)
class KeptTracesConfiguration {

	@Bean
	HeldTraces heldTraces(TracingProperties properties) {
		return new HeldTraces(properties.keep().maxSpans(), properties.keep().maxAge(), System::nanoTime);
	}

	@Bean
	KeepRule keepRule(AlertsProperties alerts) {
		return new KeepRule(alerts.getLatencyP99());
	}

	@Bean
	KeptTracesProcessor keptTracesProcessor(HeldTraces traces, KeepRule rule, BatchSpanProcessor export,
			ProducedItems produced) {
		return new KeptTracesProcessor(traces, rule, export, produced);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		HeldTraceMetrics heldTraceMetrics(HeldTraces traces) {
			return new HeldTraceMetrics(traces);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ SpanContext.class, TracingObservationHandler.class })
	@Conditional(ExemplarsWanted.class)
	@ConditionalOnMissingBean(SpanContext.class)
	static class ExemplarsConfiguration {

		@Bean
		KeptTraceExemplars keptTraceExemplars(HeldTraces traces) {
			return new KeptTraceExemplars(traces);
		}

		@Bean
		KeptRequestHandler keptRequestHandler(HeldTraces traces, KeepRule rule) {
			return new KeptRequestHandler(traces, rule);
		}

	}

	static class ExemplarsWanted extends NoneNestedConditions {

		ExemplarsWanted() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty(name = "management.tracing.exemplars.include", havingValue = "none")
		static class None {

		}

	}

}
