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
 * Leaves all requests to a management port of its own without spans. It has a web server
 * and an application context of its own, with Spring Security's filters.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnObservabilityEnabled
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class, Context.class })
class SuppressedManagementContextConfiguration {

	@Bean
	FilterRegistrationBean<SuppressedEndpointsFilter> untracedEndpointsFilter() {
		return SuppressedEndpointsFilter.register((request) -> true);
	}

}
