package io.flowforge.observability.identity;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The identity of this service, in addition to its {@code spring.application.name}.
 *
 * @param team Team that owns the service and gets its alerts. Default: the resource
 * attribute flowforge.team, else "unowned".
 * @param environment Environment in which the service runs, as a resource attribute of
 * spans and log records. Prometheus takes it from its target files, which must have the
 * same value. Default: the resource attribute deployment.environment.name, else the first
 * active profile, else "default".
 * @param version Version of the service. Default: the resource attribute service.version,
 * else the version in META-INF/build-info.properties, else spring.application.version.
 * @param instanceId Unique identifier of this process among those of the service.
 * Default: the resource attribute service.instance.id, else the uid of the Kubernetes
 * pod, else the id of the container, else a random UUID.
 * @since 0.1.0
 */
@ConfigurationProperties(ServiceProperties.PREFIX)
public record ServiceProperties(@Nullable String team, @Nullable String environment, @Nullable String version,
		@Nullable String instanceId) {

	static final String PREFIX = "flowforge.observability.service";

}
