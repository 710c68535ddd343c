package io.flowforge.observability.tracing.sampling;

import io.flowforge.observability.export.statistics.ExportStatistics;
import io.flowforge.observability.export.statistics.Signal;
import io.flowforge.observability.limits.AlertsProperties;
import io.flowforge.observability.limits.RequestJudge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration for tail sampling. It backs off when unsampled spans are exported anyway:
 * they would be exported twice.
 * <p>
 * Internal: public only for the other packages of this library.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(BatchSpanProcessor.class)
@ConditionalOnBooleanProperty(name = TailSamplingProperties.PREFIX + ".enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "management.opentelemetry.tracing.export.include-unsampled", havingValue = false,
		matchIfMissing = true)
@EnableConfigurationProperties(TailSamplingProperties.class)
public class TailSamplingConfiguration {

	@Bean
	UnsampledTraceBuffer flowforgeUnsampledTraceBuffer(TailSamplingProperties properties) {
		return new UnsampledTraceBuffer(properties.maxSpans(), properties.maxAge(), System::nanoTime);
	}

	@Bean
	TailSamplingPolicy flowforgeTailSamplingPolicy(AlertsProperties alerts) {
		return new TailSamplingPolicy(alerts.getLatencyP99());
	}

	@Bean
	TailSamplingSpanProcessor flowforgeTailSamplingSpanProcessor(UnsampledTraceBuffer traces, TailSamplingPolicy policy,
			ObjectProvider<BatchSpanProcessor> processors, ObjectProvider<ExportStatistics> statistics) {
		return new TailSamplingSpanProcessor(traces, policy,
				SpanProcessor.composite(processors.orderedStream().toArray(SpanProcessor[]::new)),
				() -> statistics.ifAvailable((counts) -> counts.countProduced(Signal.TRACES)));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		TailSamplingMetrics flowforgeTailSamplingMetrics(UnsampledTraceBuffer traces) {
			return new TailSamplingMetrics(traces);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TracingObservationHandler.class)
	static class ObservationConfiguration {

		@Bean
		TailSamplingObservationHandler flowforgeTailSamplingObservationHandler(UnsampledTraceBuffer traces,
				TailSamplingPolicy policy, RequestJudge judge) {
			return new TailSamplingObservationHandler(traces, policy, judge);
		}

	}

}
