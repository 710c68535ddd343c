package io.flowforge.observability.web;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.flowforge.observability.settings.ReplacedBeanFindings;
import io.flowforge.observability.tracing.observation.RequestConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.context.Context;
import jakarta.servlet.DispatcherType;
import org.apache.catalina.Valve;
import org.eclipse.jetty.server.Server;
import org.slf4j.MDC;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Auto-configuration that puts the ids of a request's trace into its response headers and
 * into what the container logs about it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ObservationAutoConfiguration.class, before = WebMvcObservationAutoConfiguration.class)
@ConditionalOnObservabilityEnabled
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ ServerHttpObservationFilter.class, WebMvcObservationAutoConfiguration.class,
		TracingObservationHandler.class, MDC.class })
@ConditionalOnBean(ObservationRegistry.class)
@EnableConfigurationProperties({ WebProperties.class, ObservationProperties.class })
public final class WebAutoConfiguration {

	WebAutoConfiguration() {
	}

	// Takes the place of Spring Boot's filter, in the same order and for the same
	// requests.
	@Bean
	@ConditionalOnMissingFilterBean(ServerHttpObservationFilter.class)
	FilterRegistrationBean<ServerHttpObservationFilter> flowforgeObservationFilter(ObservationRegistry registry,
			ObjectProvider<ServerRequestObservationConvention> conventions, ObservationProperties observations) {
		String name = observations.getHttp().getServer().getRequests().getName();
		ServerRequestObservationConvention convention = conventions.getIfAvailable(() -> new RequestConvention(name));
		FilterRegistrationBean<ServerHttpObservationFilter> registration = new FilterRegistrationBean<>(
				new RequestTraceFilter(registry, convention));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
		return registration;
	}

	@Bean
	FilterRegistrationBean<TraceHeadersFilter> flowforgeTraceHeadersFilter(WebProperties properties) {
		FilterRegistrationBean<TraceHeadersFilter> registration = new FilterRegistrationBean<>(
				new TraceHeadersFilter(new TraceHeaders(properties)));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	@Bean
	FilterRegistrationBean<ErrorLogCorrelationFilter> flowforgeErrorLogCorrelationFilter() {
		FilterRegistrationBean<ErrorLogCorrelationFilter> registration = new FilterRegistrationBean<>(
				new ErrorLogCorrelationFilter());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	@Bean
	ReplacedBeanFindings flowforgeReplacedFilterFindings(ListableBeanFactory beanFactory) {
		String loss = "Responses have no trace id, and neither have the access log and the container's error lines.";
		return new ReplacedBeanFindings(beanFactory)
			.add("flowforgeObservationFilter",
					ResolvableType.forClassWithGenerics(FilterRegistrationBean.class,
							ServerHttpObservationFilter.class),
					loss)
			.add("flowforgeObservationFilter", ServerHttpObservationFilter.class, loss);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Context.class, Slf4JEventListener.class })
	static class LoggingContextFindingsConfiguration {

		@Bean
		LoggingContextFindings flowforgeLoggingContextFindings() {
			return new LoggingContextFindings();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Valve.class, ConfigurableTomcatWebServerFactory.class })
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> flowforgeTomcatLoggingContextCustomizer() {
			return (factory) -> factory.addEngineValves(new LoggingContextValve());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Server.class, ConfigurableJettyWebServerFactory.class })
	static class JettyConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> flowforgeJettyLoggingContextCustomizer() {
			return (factory) -> factory.addServerCustomizers(LoggingContextScopeListener::addTo);
		}

	}

}
