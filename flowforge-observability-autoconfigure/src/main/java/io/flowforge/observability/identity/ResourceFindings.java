package io.flowforge.observability.identity;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Finds an OTLP resource of the service's own that does not say who the service is.
 */
final class ResourceFindings implements Findings {

	private final Resource resource;

	ResourceFindings(Resource resource) {
		this.resource = resource;
	}

	@Override
	public List<Finding> find() {
		List<String> missing = List.of(ServiceResource.ENVIRONMENT, ServiceResource.TEAM)
			.stream()
			.filter((name) -> this.resource.getAttribute(AttributeKey.stringKey(name)) == null)
			.toList();
		if (missing.isEmpty()) {
			return List.of();
		}
		return List.of(new Finding("Resource",
				"The service's own Resource bean has no %s: spans and log records do not say where they come from, so links in alerts do not lead to them."
					.formatted(String.join(", ", missing))));
	}

}
