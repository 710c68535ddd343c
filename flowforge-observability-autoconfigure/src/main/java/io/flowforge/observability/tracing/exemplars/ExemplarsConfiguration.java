package io.flowforge.observability.tracing.exemplars;

import io.flowforge.observability.settings.ReplacedBeanFindings;
import io.prometheus.metrics.tracer.common.SpanContext;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration for exemplars, in the place of Spring Boot's, which know neither tail
 * sampling nor spans whose scope has been closed.
 * <p>
 * Internal: public only for the other packages of this library.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SpanContext.class)
@Conditional(ExemplarsConfiguration.ExemplarsWanted.class)
public class ExemplarsConfiguration {

	@Bean
	@ConditionalOnMissingBean(SpanContext.class)
	TraceExemplars flowforgeTraceExemplars(ObjectProvider<TailSampledTraces> tailSampled) {
		return new TraceExemplars(tailSampled.getIfAvailable(() -> (traceId) -> false));
	}

	@Bean
	ReplacedBeanFindings flowforgeReplacedExemplarsFindings(ListableBeanFactory beanFactory) {
		return new ReplacedBeanFindings(beanFactory).add("flowforgeTraceExemplars", SpanContext.class,
				"Failed and slow requests that are not sampled have no exemplar, although their traces are exported, and "
						+ "flowforge_http_request_duration_seconds has no exemplars at all.");
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
