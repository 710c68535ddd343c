package io.flowforge.observability.web.accesslog;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.web.WebAutoConfiguration;
import io.flowforge.observability.web.WebProperties;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.TracingObservationHandler;
import org.slf4j.MDC;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Auto-configuration for the access log.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = WebAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ ServerHttpObservationFilter.class, WebMvcObservationAutoConfiguration.class,
		TracingObservationHandler.class, MDC.class })
@ConditionalOnBean(ObservationRegistry.class)
@EnableConfigurationProperties(WebProperties.class)
public final class AccessLogAutoConfiguration {

	AccessLogAutoConfiguration() {
	}

	@Bean
	AccessLog flowforgeAccessLog(WebProperties properties,
			@Value("${server.tomcat.accesslog.enabled:false}") boolean tomcatsOwn,
			@Value("${server.jetty.accesslog.enabled:false}") boolean jettysOwn) {
		return new AccessLog(properties.accessLog().isEnabled(tomcatsOwn || jettysOwn),
				properties.accessLog().requests());
	}

}
