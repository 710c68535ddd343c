package io.flowforge.observability.settings.unknown;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.core.env.Environment;

/**
 * Finds unknown properties where they do not stop the start.
 */
final class UnknownPropertyFindings implements Findings {

	private final Environment environment;

	UnknownPropertyFindings(Environment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		return UnknownProperty.findIn(this.environment)
			.stream()
			.map((unknown) -> new Finding(unknown.property().getName().toString(),
					unknown.description() + " " + unknown.action()))
			.toList();
	}

}
