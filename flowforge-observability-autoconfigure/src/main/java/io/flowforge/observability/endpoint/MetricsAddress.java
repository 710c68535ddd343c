package io.flowforge.observability.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Where Prometheus finds the metrics of a service that has started.
 */
final class MetricsAddress {

	private static final EndpointId PROMETHEUS = EndpointId.of("prometheus");

	private final Environment environment;

	private final ObjectProvider<PathMappedEndpoints> endpoints;

	MetricsAddress(Environment environment, ObjectProvider<PathMappedEndpoints> endpoints) {
		this.environment = environment;
		this.endpoints = endpoints;
	}

	/**
	 * Return the port and the path.
	 * @return the address, {@code null} if the endpoint {@code prometheus} is not exposed
	 */
	@Nullable String find() {
		PathMappedEndpoints web = this.endpoints.getIfAvailable();
		String path = (web != null) ? web.getPath(PROMETHEUS) : null;
		ManagementPortType portType = ManagementPortType.get(this.environment);
		if (path == null || portType == ManagementPortType.DISABLED) {
			return null;
		}
		String port = this.environment.getProperty("local.management.port");
		// A container that the service does not start itself does not say which port it
		// listens on.
		return ((port != null) ? "port " + port + ", " : "") + "path " + prefix(portType) + path;
	}

	private String prefix(ManagementPortType portType) {
		return (portType == ManagementPortType.SAME)
				? path("server.servlet.context-path") + path("spring.mvc.servlet.path")
				: path("management.server.base-path");
	}

	private String path(String property) {
		return StringUtils.trimTrailingCharacter(this.environment.getProperty(property, ""), '/');
	}

}
