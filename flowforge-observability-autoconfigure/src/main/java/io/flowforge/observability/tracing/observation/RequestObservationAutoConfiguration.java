package io.flowforge.observability.tracing.observation;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Auto-configuration that looks up the timers of requests once for each series.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = MetricsAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ MetricsAutoConfiguration.class, DefaultMeterObservationHandler.class, ObservationRegistry.class,
		ServerRequestObservationContext.class, HttpServletRequest.class })
@EnableConfigurationProperties(MetricsProperties.class)
public final class RequestObservationAutoConfiguration {

	RequestObservationAutoConfiguration() {
	}

	// Takes the place of Spring Boot's, with the same settings.
	@Bean
	@ConditionalOnMissingBean
	DefaultMeterObservationHandler flowforgeMeterObservationHandler(MeterRegistry registry,
			MetricsProperties properties) {
		return new RequestTimerHandler(registry,
				properties.getObservations().getIgnoredMeters().toArray(IgnoredMeters[]::new));
	}

}
