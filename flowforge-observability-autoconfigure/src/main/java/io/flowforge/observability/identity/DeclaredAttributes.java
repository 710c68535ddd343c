package io.flowforge.observability.identity;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetryResourceAttributes;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The resource attributes that a service declares with
 * {@code management.opentelemetry.resource-attributes} and with the environment variables
 * {@code OTEL_RESOURCE_ATTRIBUTES} and {@code OTEL_SERVICE_NAME}. The property wins.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class DeclaredAttributes {

	/**
	 * The attribute with the name of the service.
	 */
	public static final String SERVICE_NAME = "service.name";

	/**
	 * What Spring Boot calls a service without a name.
	 */
	public static final String UNKNOWN_SERVICE = "unknown_service";

	private static final String PROPERTY = "management.opentelemetry.resource-attributes";

	private static final String SERVICE_NAME_VARIABLE = "OTEL_SERVICE_NAME";

	private static final boolean SUPPORTED = ClassUtils.isPresent(
			"org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetryResourceAttributes",
			DeclaredAttributes.class.getClassLoader());

	private DeclaredAttributes() {
	}

	/**
	 * Read the attributes.
	 * @param environment the environment of the service
	 * @return the attributes, none if Spring Boot's support for OpenTelemetry is missing.
	 * The name is always among them: if none is declared, it is
	 * {@code spring.application.name}
	 */
	public static Map<String, String> in(Environment environment) {
		if (!SUPPORTED) {
			return Map.of();
		}
		Map<String, String> attributes = new HashMap<>();
		new OpenTelemetryResourceAttributes(environment, properties(environment)).applyTo(attributes::put);
		return attributes;
	}

	/**
	 * Return where a declared name comes from.
	 * @param environment the environment of the service
	 * @return the property or the environment variable that decides
	 */
	public static String originOfServiceName(Environment environment) {
		if (properties(environment).containsKey(SERVICE_NAME)) {
			return PROPERTY + "." + SERVICE_NAME;
		}
		return (System.getenv(SERVICE_NAME_VARIABLE) != null) ? SERVICE_NAME_VARIABLE
				: SERVICE_NAME + " in OTEL_RESOURCE_ATTRIBUTES";
	}

	private static Map<String, String> properties(Environment environment) {
		return Binder.get(environment).bind(PROPERTY, Bindable.mapOf(String.class, String.class)).orElseGet(Map::of);
	}

}
