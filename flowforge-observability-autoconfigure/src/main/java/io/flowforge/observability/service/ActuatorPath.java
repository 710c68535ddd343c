package io.flowforge.observability.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Tells requests to actuator endpoints and health probes from those that a service is
 * for.
 *
 * @since 0.1.0
 */
public final class ActuatorPath {

	private static final String HEALTH = "management.endpoint.health.";

	private static final String ON_MAIN_PORT = "server:";

	private final List<String> prefixes;

	private ActuatorPath(List<String> prefixes) {
		this.prefixes = List.copyOf(prefixes);
	}

	/**
	 * The paths of the endpoints of a service on its main port.
	 * @param environment the environment of the service
	 * @return all below {@code management.endpoints.web.base-path}, and the additional
	 * paths of health probes. Nothing but the latter with an empty base path: endpoints
	 * cannot be told from the rest then
	 */
	public static ActuatorPath of(Environment environment) {
		List<String> prefixes = new ArrayList<>();
		String basePath = environment.getProperty("management.endpoints.web.base-path", "/actuator");
		if (!basePath.equals("/") && StringUtils.hasText(basePath)) {
			prefixes.add(StringUtils.trimTrailingCharacter(basePath, '/'));
		}
		if (environment.getProperty(HEALTH + "probes.add-additional-paths", Boolean.class, false)) {
			prefixes.add("/livez");
			prefixes.add("/readyz");
		}
		Binder.get(environment)
			.bind(HEALTH + "group", Bindable.mapOf(String.class, HealthGroup.class))
			.orElse(Map.of())
			.values()
			.forEach((group) -> group.addTo(prefixes));
		return new ActuatorPath(prefixes);
	}

	/**
	 * Whether a request goes to an endpoint.
	 * @param request the request
	 * @return whether its path is that of an endpoint or lies below one
	 */
	public boolean matches(HttpServletRequest request) {
		String uri = request.getRequestURI();
		int start = request.getContextPath().length();
		for (String prefix : this.prefixes) {
			int end = start + prefix.length();
			if (uri.startsWith(prefix, start) && (uri.length() == end || uri.charAt(end) == '/')) {
				return true;
			}
		}
		return false;
	}

	record HealthGroup(@Nullable String additionalPath) {

		void addTo(List<String> prefixes) {
			if (this.additionalPath != null && this.additionalPath.startsWith(ON_MAIN_PORT)) {
				String path = this.additionalPath.substring(ON_MAIN_PORT.length());
				prefixes.add(path.startsWith("/") ? path : "/" + path);
			}
		}

	}

}
