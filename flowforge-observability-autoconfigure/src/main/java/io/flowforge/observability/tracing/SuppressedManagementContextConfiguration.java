package io.flowforge.observability.tracing;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;
import io.opentelemetry.context.Context;
import jakarta.servlet.Filter;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Suppresses tracing for all requests to a separate management port. It has its own web
 * server and application context, with Spring Security's filters.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnObservabilityEnabled
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class, Context.class })
class SuppressedManagementContextConfiguration {

	@Bean
	FilterRegistrationBean<SuppressedEndpointsFilter> flowforgeSuppressedEndpointsFilter() {
		return SuppressedEndpointsFilter.register((request) -> true);
	}

}
