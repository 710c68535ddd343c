package io.flowforge.observability.redaction;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

/**
 * Finds keys that are secret by default and no longer are.
 */
final class RedactionFindings implements Findings {

	private final RedactionProperties properties;

	RedactionFindings(RedactionProperties properties) {
		this.properties = properties;
	}

	@Override
	public List<Finding> find() {
		List<String> missing = RedactionProperties.defaults()
			.keys()
			.stream()
			.filter((key) -> !this.properties.keys().contains(key))
			.toList();
		if (missing.isEmpty()) {
			return List.of();
		}
		return List.of(new Finding(RedactionProperties.PREFIX + ".keys",
				"A list of your own replaces the default, and has no %s: such values leave the service as they are."
					.formatted(String.join(", ", missing))));
	}

}
