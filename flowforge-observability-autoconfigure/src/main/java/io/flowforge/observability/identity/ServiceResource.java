package io.flowforge.observability.identity;

import java.util.HashMap;
import java.util.Map;

import io.flowforge.observability.ServiceIdentity;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;

import org.springframework.util.StringUtils;

/**
 * The identity of the service as an OpenTelemetry resource. {@code service.namespace}
 * stays as Spring Boot has it.
 */
final class ServiceResource {

	static final String ENVIRONMENT = "deployment.environment.name";

	static final String INSTANCE_ID = "service.instance.id";

	static final String TEAM = "flowforge.team";

	// Deprecated, and gone in the next version: these names belong to nobody.
	private static final String OLD_TEAM = "team";

	private static final String OLD_SLACK_CHANNEL = "slack_channel";

	private ServiceResource() {
	}

	/**
	 * Create the resource.
	 * @param platformAttributes what is known about the place where the service runs
	 * @param declaredAttributes what the service declares, which wins over that
	 * @param identity who the service is
	 * @param slackChannel where its alerts go, empty if it does not say
	 * @return the resource
	 */
	static Resource of(Map<String, String> platformAttributes, Map<String, String> declaredAttributes,
			ServiceIdentity identity, String slackChannel) {
		Map<String, String> attributes = new HashMap<>(platformAttributes);
		attributes.putAll(declaredAttributes);
		attributes.put(DeclaredAttributes.SERVICE_NAME, identity.application());
		attributes.put(ENVIRONMENT, identity.environment());
		attributes.put(INSTANCE_ID, identity.instanceId());
		if (identity.version() != null) {
			attributes.put("service.version", identity.version());
		}
		// For alerts on log lines, which know of a service only what is on the line.
		attributes.put(TEAM, identity.team());
		attributes.putIfAbsent(OLD_TEAM, identity.team());
		if (StringUtils.hasText(slackChannel)) {
			attributes.put("flowforge.slack_channel", slackChannel);
			attributes.putIfAbsent(OLD_SLACK_CHANNEL, slackChannel);
		}
		ResourceBuilder builder = Resource.builder();
		attributes.forEach(builder::put);
		return Resource.getDefault().merge(builder.build());
	}

}
