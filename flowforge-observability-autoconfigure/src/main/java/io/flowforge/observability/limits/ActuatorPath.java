package io.flowforge.observability.limits;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Tells requests to actuator endpoints from all others.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class ActuatorPath {

	private static final String PROBES = "management.endpoint.health.probes.";

	private static final String HEALTH_GROUPS = "management.endpoint.health.group";

	// Of the port that a service is for. Paths on a management port begin with
	// "management:".
	private static final String SERVER = "server:";

	// As Spring Boot does: Jersey has the endpoints only where Spring MVC is missing.
	private static final String SERVLET_PATH = ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet",
			ActuatorPath.class.getClassLoader()) ? "spring.mvc.servlet.path" : "spring.jersey.application-path";

	private final SingletonSupplier<String[]> paths;

	private ActuatorPath(Supplier<String[]> paths) {
		this.paths = SingletonSupplier.of(paths);
	}

	/**
	 * The paths below which the endpoints of a service lie, on the port that the service
	 * is for.
	 * @param environment the environment of the service
	 * @param endpoints returns the path of each endpoint. It is called with the first
	 * request, and only if the endpoints have no base path and the same port.
	 * @return the value of {@code management.endpoints.web.base-path}, by default
	 * {@code /actuator}, or else the path of each endpoint; and the additional paths of
	 * health probes and health groups
	 */
	static ActuatorPath of(Environment environment, Supplier<? extends Collection<String>> endpoints) {
		String servletPath = servletPath(environment);
		return new ActuatorPath(
				() -> Stream.of(endpoints(environment, endpoints), probes(environment), healthGroups(environment))
					.flatMap((paths) -> paths)
					.map((path) -> servletPath + withoutTrailingSlash(path))
					.toArray(String[]::new));
	}

	private static Stream<String> endpoints(Environment environment, Supplier<? extends Collection<String>> endpoints) {
		String basePath = withoutTrailingSlash(
				environment.getProperty("management.endpoints.web.base-path", "/actuator"));
		if (!basePath.isEmpty()) {
			return Stream.of(basePath);
		}
		String port = environment.getProperty("management.server.port", "");
		boolean samePort = port.isEmpty()
				|| (!port.equals("0") && port.equals(environment.getProperty("server.port", "8080")));
		return samePort ? endpoints.get().stream() : Stream.empty();
	}

	private static String withoutTrailingSlash(String path) {
		return StringUtils.trimTrailingCharacter(path, '/');
	}

	private static String servletPath(Environment environment) {
		String path = withoutTrailingSlash(environment.getProperty(SERVLET_PATH, ""));
		return (path.isEmpty() || path.startsWith("/")) ? path : "/" + path;
	}

	private static Stream<String> probes(Environment environment) {
		boolean additional = environment.getProperty(PROBES + "enabled", Boolean.class, true)
				&& environment.getProperty(PROBES + "add-additional-paths", Boolean.class, false);
		return additional ? Stream.of("/livez", "/readyz") : Stream.empty();
	}

	private static Stream<String> healthGroups(Environment environment) {
		return Binder.get(environment)
			.bind(HEALTH_GROUPS, Bindable.mapOf(String.class, Object.class))
			.orElseGet(Map::of)
			.keySet()
			.stream()
			.map((group) -> environment.getProperty(HEALTH_GROUPS + "." + group + ".additional-path", ""))
			.filter((path) -> path.startsWith(SERVER))
			.map((path) -> path.substring(SERVER.length()))
			.map((path) -> path.startsWith("/") ? path : "/" + path);
	}

	/**
	 * Whether a request goes to an endpoint.
	 * @param path the path of the request, as the client has sent it
	 * @param start where its part after the context path begins
	 * @return whether it is or lies below one of the endpoints' paths
	 */
	public boolean matches(String path, int start) {
		for (String endpoints : this.paths.obtain()) {
			int end = start + endpoints.length();
			if (path.startsWith(endpoints, start) && (path.length() == end || path.charAt(end) == '/')) {
				return true;
			}
		}
		return false;
	}

}
