package io.flowforge.observability.service;

import java.util.ArrayList;
import java.util.List;

/**
 * What an owner has left open, or has given up perhaps without knowing.
 */
final class OwnerFindings implements Findings {

	private final ServiceIdentity identity;

	private final RedactionProperties redaction;

	OwnerFindings(ServiceIdentity identity, RedactionProperties redaction) {
		this.identity = identity;
		this.redaction = redaction;
	}

	@Override
	public List<Finding> find() {
		List<Finding> findings = new ArrayList<>();
		if (this.identity.team().equals(ServiceIdentity.UNOWNED)) {
			findings.add(new Finding("flowforge.observability.service.team",
					"No team is set: alerts of this service go to nobody in particular. Set it to the team that owns the service."));
		}
		List<String> missing = RedactionProperties.defaults()
			.keys()
			.stream()
			.filter((key) -> !this.redaction.keys().contains(key))
			.toList();
		if (!missing.isEmpty()) {
			findings.add(new Finding(RedactionProperties.PREFIX + ".keys",
					"A list of your own replaces the default, and has no %s: such values leave the service as they are."
						.formatted(String.join(", ", missing))));
		}
		return findings;
	}

}
