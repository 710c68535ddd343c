package io.flowforge.observability.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.flowforge.observability.ServiceIdentity;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds out who this service is: what its owner set, else what its surroundings tell.
 */
final class ServiceIdentityFactory {

	private final Environment environment;

	private final ServiceProperties properties;

	private final Map<String, String> resourceAttributes;

	private final @Nullable BuildProperties buildProperties;

	ServiceIdentityFactory(Environment environment, ServiceProperties properties,
			Map<String, String> resourceAttributes, @Nullable BuildProperties buildProperties) {
		this.environment = environment;
		this.properties = properties;
		this.resourceAttributes = resourceAttributes;
		this.buildProperties = buildProperties;
	}

	ServiceIdentity create() {
		String application = this.environment.getRequiredProperty(ServiceIdentity.NAME_PROPERTY);
		return new ServiceIdentity(application, environmentName(),
				Objects.requireNonNull(first(this.properties.team(), ServiceIdentity.UNOWNED)),
				first(this.properties.version(), this.resourceAttributes.get("service.version"), buildVersion(),
						this.environment.getProperty("spring.application.version")),
				Objects.requireNonNull(first(this.properties.instanceId(),
						this.resourceAttributes.get("service.instance.id"), hostAndProcess())));
	}

	String environmentName() {
		return Objects.requireNonNull(first(this.properties.environment(),
				this.resourceAttributes.get(ServiceResource.ENVIRONMENT), activeProfile(), "default"));
	}

	private @Nullable String activeProfile() {
		return first(this.environment.getActiveProfiles());
	}

	private @Nullable String buildVersion() {
		return (this.buildProperties != null) ? this.buildProperties.getVersion() : null;
	}

	// Two instances may share a host, and on Kubernetes all processes have the id 1.
	private String hostAndProcess() {
		return hostName() + ":" + ProcessHandle.current().pid();
	}

	private static String hostName() {
		// A look-up of the local host may wait for a name server; the variable is there
		// in containers and shells.
		String name = first(System.getenv("HOSTNAME"), System.getenv("COMPUTERNAME"));
		if (name != null) {
			return name;
		}
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

	private static @Nullable String first(@Nullable String... candidates) {
		return Stream.of(candidates).filter(StringUtils::hasText).findFirst().orElse(null);
	}

}
