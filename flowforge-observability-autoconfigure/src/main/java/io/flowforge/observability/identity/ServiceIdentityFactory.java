package io.flowforge.observability.identity;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
		return new ServiceIdentity(application, environmentName(), team(),
				first(this.properties.version(), this.resourceAttributes.get("service.version"), buildVersion(),
						this.environment.getProperty("spring.application.version")),
				instanceId());
	}

	String environmentName() {
		return Objects.requireNonNull(first(this.properties.environment(),
				this.resourceAttributes.get(ServiceResource.ENVIRONMENT), activeProfile(), "default"));
	}

	private @Nullable String activeProfile() {
		return first(this.environment.getActiveProfiles());
	}

	private String team() {
		return Objects.requireNonNull(first(this.properties.team(), this.resourceAttributes.get(ServiceResource.TEAM),
				ServiceIdentity.UNOWNED));
	}

	private @Nullable String buildVersion() {
		return (this.buildProperties != null) ? this.buildProperties.getVersion() : null;
	}

	private String instanceId() {
		String known = first(this.properties.instanceId(), this.resourceAttributes.get(ServiceResource.INSTANCE_ID),
				this.resourceAttributes.get(PlatformAttributes.POD_UID),
				PlatformAttributes.instanceId(this.environment));
		return (known != null) ? known : ProcessId.VALUE;
	}

	private static @Nullable String first(@Nullable String... candidates) {
		return Stream.of(candidates).filter(StringUtils::hasText).findFirst().orElse(null);
	}

	/**
	 * One for the JVM, so that what is sent after a failed start says the same, and only
	 * where it is needed: the first random UUID takes some 30 ms.
	 */
	private static final class ProcessId {

		private static final String VALUE = UUID.randomUUID().toString();

	}

}
