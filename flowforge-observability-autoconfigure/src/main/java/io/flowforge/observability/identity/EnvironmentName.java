package io.flowforge.observability.identity;

import io.flowforge.observability.ServiceIdentity;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The environment of a service, for its telemetry, and for code that runs before there is
 * a {@link ServiceIdentity}.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class EnvironmentName {

	private EnvironmentName() {
	}

	/**
	 * Return the environment that spans and log records carry. It differs from that of
	 * {@link ServiceIdentity} where a service has a {@link Resource} bean of its own.
	 * @param resource the resource of the spans and log records
	 * @return the attribute {@code deployment.environment.name}, empty if there is none
	 */
	public static String of(Resource resource) {
		String name = resource.getAttribute(AttributeKey.stringKey(ServiceResource.ENVIRONMENT));
		return (name != null) ? name : "";
	}

	/**
	 * The name by the same rule as that of {@link ServiceIdentity}. Settings that cannot
	 * be read are not refused here, where it is too early to say why.
	 * @param environment the environment of the service
	 * @return the name, or {@code null} if it cannot be known yet
	 */
	public static @Nullable String in(Environment environment) {
		try {
			ServiceProperties properties = Binder.get(environment)
				.bindOrCreate(ServiceProperties.PREFIX, ServiceProperties.class);
			return new ServiceIdentityFactory(environment, properties, DeclaredAttributes.in(environment), null)
				.environmentName();
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
