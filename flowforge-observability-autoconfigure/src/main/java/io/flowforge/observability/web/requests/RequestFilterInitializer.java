package io.flowforge.observability.web.requests;

import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;

import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.core.Ordered;

/**
 * Adds the {@link RequestFilter} as the first filter of all, unless the container calls
 * the {@link RequestMonitor}. A {@code FilterRegistrationBean} would log a line where its
 * filter is not needed.
 */
final class RequestFilterInitializer implements ServletContextInitializer, Ordered {

	private final RequestMonitor monitor;

	RequestFilterInitializer(RequestMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void onStartup(ServletContext servletContext) {
		if (this.monitor.isCalledByContainer()) {
			return;
		}
		FilterRegistration.Dynamic registration = servletContext.addFilter("flowforgeRequestFilter",
				new RequestFilter(this.monitor));
		if (registration != null) {
			registration.setAsyncSupported(true);
			registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
