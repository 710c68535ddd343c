package io.flowforge.observability.identity.name;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.identity.DeclaredAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Finds a {@link Resource} bean of the service's own that has another name than the
 * service.
 */
final class ServiceNameFindings implements Findings {

	private final ServiceIdentity identity;

	private final Resource resource;

	ServiceNameFindings(ServiceIdentity identity, Resource resource) {
		this.identity = identity;
		this.resource = resource;
	}

	@Override
	public List<Finding> find() {
		String name = this.resource.getAttribute(AttributeKey.stringKey(DeclaredAttributes.SERVICE_NAME));
		if (this.identity.application().equals(name)) {
			return List.of();
		}
		return List.of(new Finding(DeclaredAttributes.SERVICE_NAME,
				"The Resource bean of this service has %s, but the service is called \"%s\": links in alerts do not find its traces and logs. Set service.name of the bean to \"%s\"."
					.formatted((name != null) ? "the service.name \"%s\"".formatted(name) : "no service.name",
							this.identity.application(), this.identity.application())));
	}

}
