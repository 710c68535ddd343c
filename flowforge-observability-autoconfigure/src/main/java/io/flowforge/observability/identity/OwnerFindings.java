package io.flowforge.observability.identity;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.ServiceIdentity;

/**
 * Finds a service that nobody owns.
 */
final class OwnerFindings implements Findings {

	private final ServiceIdentity identity;

	OwnerFindings(ServiceIdentity identity) {
		this.identity = identity;
	}

	@Override
	public List<Finding> find() {
		if (!this.identity.team().equals(ServiceIdentity.UNOWNED)) {
			return List.of();
		}
		return List.of(new Finding(ServiceProperties.PREFIX + ".team",
				"No team is set: alerts of this service go to nobody in particular. Set it to the team that owns the service."));
	}

}
