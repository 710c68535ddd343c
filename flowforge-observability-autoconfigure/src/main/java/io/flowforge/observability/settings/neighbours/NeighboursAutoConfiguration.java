package io.flowforge.observability.settings.neighbours;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import jakarta.servlet.ServletContext;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWarDeployment;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that finds other libraries with which some features do not work.
 * {@code docs/neighbours.md} says which.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnObservabilityEnabled
public final class NeighboursAutoConfiguration {

	NeighboursAutoConfiguration() {
	}

	@Bean
	OpenTelemetryAgentFindings flowforgeOpenTelemetryAgentFindings(Environment environment) {
		return new OpenTelemetryAgentFindings(environment);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LoggerFactory.class)
	static class LoggingConfiguration {

		@Bean
		LoggingLibraryFindings flowforgeLoggingLibraryFindings() {
			return new LoggingLibraryFindings();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveConfiguration {

		@Bean
		ReactiveApplicationFindings flowforgeReactiveApplicationFindings() {
			return new ReactiveApplicationFindings();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		@ConditionalOnBean(type = "org.glassfish.jersey.server.ResourceConfig")
		JerseyFindings flowforgeJerseyFindings() {
			return new JerseyFindings();
		}

		@Bean
		@ConditionalOnWarDeployment
		ForeignContainerFindings flowforgeForeignContainerFindings(ServletContext servletContext) {
			return new ForeignContainerFindings(servletContext);
		}

	}

}
