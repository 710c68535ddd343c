package io.flowforge.observability;

import org.jspecify.annotations.Nullable;

/**
 * Who this service is.
 *
 * @param application {@code spring.application.name}
 * @param environment where it runs, such as {@code production}
 * @param team the team that owns it, {@value #UNOWNED} if none is set
 * @param version the version that runs, {@code null} if it is not known
 * @param instanceId the id of this process, unique among those of the service
 * @since 0.1.0
 */
public record ServiceIdentity(String application, String environment, String team, @Nullable String version,
		String instanceId) {

	/**
	 * The team of a service that has none.
	 */
	public static final String UNOWNED = "unowned";

	/**
	 * The property with the name of the application.
	 */
	public static final String NAME_PROPERTY = "spring.application.name";

}
