package io.flowforge.observability.web.requests;

import io.flowforge.observability.limits.LimitsAutoConfiguration;
import io.flowforge.observability.limits.RequestJudge;
import io.flowforge.observability.limits.RequestTimers;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.Filter;
import org.apache.catalina.Valve;
import org.eclipse.jetty.server.Server;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration that judges and counts requests when the container is done with
 * them. It needs neither Spring MVC nor observations.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LimitsAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Filter.class, ServletContextInitializer.class })
public final class RequestsAutoConfiguration {

	RequestsAutoConfiguration() {
	}

	@Bean
	RequestMonitor flowforgeRequestMonitor(RequestJudge judge, ObjectProvider<RequestListener> listeners) {
		return new RequestMonitor(judge, listeners.orderedStream().toList());
	}

	@Bean
	RequestFilterInitializer flowforgeRequestFilterInitializer(RequestMonitor monitor) {
		return new RequestFilterInitializer(monitor);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		RequestMetrics flowforgeRequestMetrics() {
			return new RequestMetrics();
		}

		@Bean
		RequestMetricsFindings flowforgeRequestMetricsFindings(ObjectProvider<MeterRegistry> registries) {
			return new RequestMetricsFindings(registries);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterBinder.class, ObservationProperties.class })
	@EnableConfigurationProperties(ObservationProperties.class)
	static class MarkConfiguration {

		@Bean
		CountedRequestsMark flowforgeCountedRequestsMark(ObservationProperties observations, RequestMetrics metrics) {
			return new CountedRequestsMark(new RequestTimers(observations), metrics);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Valve.class, ConfigurableTomcatWebServerFactory.class })
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> flowforgeTomcatRequestLogCustomizer(
				RequestMonitor monitor) {
			return (factory) -> {
				factory.addEngineValves(new TomcatRequestLog(monitor));
				monitor.setCalledByContainer();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Server.class, ConfigurableJettyWebServerFactory.class })
	static class JettyConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> flowforgeJettyRequestLogCustomizer(
				RequestMonitor monitor, @Value("${server.servlet.context-path:}") String contextPath) {
			return (factory) -> {
				factory.addServerCustomizers(new JettyRequestLog(monitor, contextPath)::addTo);
				monitor.setCalledByContainer();
			};
		}

	}

}
