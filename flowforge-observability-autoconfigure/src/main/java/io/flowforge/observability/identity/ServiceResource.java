package io.flowforge.observability.identity;

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

	private ServiceResource() {
	}

	static Resource of(Map<String, String> declaredAttributes, ServiceIdentity identity, String slackChannel) {
		ResourceBuilder builder = Resource.builder();
		declaredAttributes.forEach(builder::put);
		builder.put(DeclaredAttributes.SERVICE_NAME, identity.application());
		builder.put(ENVIRONMENT, identity.environment());
		builder.put("service.instance.id", identity.instanceId());
		if (identity.version() != null) {
			builder.put("service.version", identity.version());
		}
		// For alerts on log lines, which know of a service only what is on the line.
		builder.put("team", identity.team());
		if (StringUtils.hasText(slackChannel)) {
			builder.put("slack_channel", slackChannel);
		}
		return Resource.getDefault().merge(builder.build());
	}

}
