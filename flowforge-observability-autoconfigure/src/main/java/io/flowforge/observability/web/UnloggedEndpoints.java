package io.flowforge.observability.web;

import io.flowforge.observability.limits.ActuatorPath;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Leaves requests to actuator endpoints without an event in the access log. It is told of
 * each request before any filter can answer it or observe it in its own way.
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
