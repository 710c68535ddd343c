package io.flowforge.observability.web.accesslog;

import io.flowforge.observability.limits.ActuatorPath;
import io.flowforge.observability.limits.AlertsProperties;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.web.WebAutoConfiguration;
import io.flowforge.observability.web.WebProperties;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.TracingObservationHandler;
import org.apache.catalina.Valve;
import org.eclipse.jetty.server.Server;
import org.slf4j.MDC;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Auto-configuration for the access log, which the container writes.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = WebAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ ServerHttpObservationFilter.class, WebMvcObservationAutoConfiguration.class,
		TracingObservationHandler.class, MDC.class })
@ConditionalOnBean(ObservationRegistry.class)
@EnableConfigurationProperties({ WebProperties.class, AlertsProperties.class })
public final class AccessLogAutoConfiguration {

	AccessLogAutoConfiguration() {
	}

	// The container judges by the path alone: a filter may have answered the request.
	private static AccessLog accessLog(WebProperties properties, AlertsProperties alerts, Environment environment) {
		ActuatorPath endpoints = ActuatorPath.of(environment);
		String contextPath = environment.getProperty("server.servlet.context-path", "");
		return new AccessLog(properties.accessLog().requests(), alerts.getLatencyP99(),
				(path) -> path.startsWith(contextPath) && endpoints.matches(path, contextPath.length()));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Valve.class, ConfigurableTomcatWebServerFactory.class })
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> flowforgeTomcatAccessLogCustomizer(
				WebProperties properties, AlertsProperties alerts, Environment environment,
				@Value("${server.tomcat.accesslog.enabled:false}") boolean containersOwn) {
			return (factory) -> {
				if (properties.accessLog().isEnabled(containersOwn)) {
					factory.addEngineValves(new TomcatAccessLog(accessLog(properties, alerts, environment)));
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Server.class, ConfigurableJettyWebServerFactory.class })
	static class JettyConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> flowforgeJettyAccessLogCustomizer(
				WebProperties properties, AlertsProperties alerts, Environment environment,
				@Value("${server.jetty.accesslog.enabled:false}") boolean containersOwn) {
			return (factory) -> {
				if (properties.accessLog().isEnabled(containersOwn)) {
					factory.addServerCustomizers(new JettyAccessLog(accessLog(properties, alerts, environment))::addTo);
				}
			};
		}

	}

}
