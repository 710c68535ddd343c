package io.flowforge.observability.redaction;

import java.util.List;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

/**
 * Finds keys and URL parameters that are secret by default and no longer are.
 */
final class RedactionFindings implements Findings {

	private final RedactionProperties properties;

	RedactionFindings(RedactionProperties properties) {
		this.properties = properties;
	}

	@Override
	public List<Finding> find() {
		RedactionProperties defaults = RedactionProperties.defaults();
		return Stream
			.of(find("keys", defaults.keys(), this.properties.keys()),
					find("url-parameters", defaults.urlParameters(), this.properties.urlParameters()))
			.flatMap(List::stream)
			.toList();
	}

	private static List<Finding> find(String property, List<String> defaults, List<String> own) {
		List<String> missing = defaults.stream().filter((key) -> !own.contains(key)).toList();
		if (missing.isEmpty()) {
			return List.of();
		}
		return List.of(new Finding(RedactionProperties.PREFIX + "." + property,
				"A list of your own replaces the default, and has no %s: such values leave the service as they are."
					.formatted(String.join(", ", missing))));
	}

}
