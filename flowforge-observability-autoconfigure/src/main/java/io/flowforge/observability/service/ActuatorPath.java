package io.flowforge.observability.service;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Tells requests to actuator endpoints from those that a service is for.
 *
 * @since 0.1.0
 */
public final class ActuatorPath {

	private final String basePath;

	private ActuatorPath(String basePath) {
		this.basePath = StringUtils.trimTrailingCharacter(basePath, '/');
	}

	/**
	 * The path below which the endpoints of a service lie.
	 * @param environment the environment of the service
	 * @return the value of {@code management.endpoints.web.base-path}, by default
	 * {@code /actuator}
	 */
	public static ActuatorPath of(Environment environment) {
		return new ActuatorPath(environment.getProperty("management.endpoints.web.base-path", "/actuator"));
	}

	/**
	 * Whether a request goes to an endpoint. With an empty base path endpoints cannot be
	 * told from the rest: then no request does.
	 * @param request the request
	 * @return whether its path lies below the base path
	 */
	public boolean matches(HttpServletRequest request) {
		if (this.basePath.isEmpty()) {
			return false;
		}
		String uri = request.getRequestURI();
		int start = request.getContextPath().length();
		int end = start + this.basePath.length();
		return uri.startsWith(this.basePath, start) && (uri.length() == end || uri.charAt(end) == '/');
	}

}
