package io.flowforge.observability.identity;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who this service is, besides its {@code spring.application.name}.
 *
 * @param team the team that owns the service and is told when it fails. Default: none,
 * and alerts go out as "unowned"
 * @param environment where the service runs, as resource attribute of spans and log
 * records. Prometheus has it from the file with its targets: write the same there.
 * Default: the resource attribute deployment.environment.name, else the first active
 * profile, else "default"
 * @param version what runs. Default: the resource attribute service.version, else the
 * version in META-INF/build-info.properties, else spring.application.version
 * @param instanceId which of the service's processes this is. Default: the resource
 * attribute service.instance.id, else the host's name and the process id
 * @since 0.1.0
 */
@ConfigurationProperties(ServiceProperties.PREFIX)
public record ServiceProperties(@Nullable String team, @Nullable String environment, @Nullable String version,
		@Nullable String instanceId) {

	static final String PREFIX = "flowforge.observability.service";

}
