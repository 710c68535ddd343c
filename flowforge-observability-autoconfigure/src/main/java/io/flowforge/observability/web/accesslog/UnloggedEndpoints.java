package io.flowforge.observability.web.accesslog;

import io.flowforge.observability.limits.ActuatorPath;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Excludes requests to actuator endpoints from the access log. A listener is called
 * before all filters, any of which might answer the request.
 */
final class UnloggedEndpoints implements ServletRequestListener {

	private final ActuatorPath actuatorPath;

	UnloggedEndpoints(ActuatorPath actuatorPath) {
		this.actuatorPath = actuatorPath;
	}

	@Override
	public void requestInitialized(ServletRequestEvent event) {
		if (event.getServletRequest() instanceof HttpServletRequest request && this.actuatorPath.matches(request)) {
			AccessLog.exclude(request);
		}
	}

}
