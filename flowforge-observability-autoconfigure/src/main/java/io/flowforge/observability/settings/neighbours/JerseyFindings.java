package io.flowforge.observability.settings.neighbours;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

/**
 * Says what does not work for requests to Jersey.
 */
final class JerseyFindings implements Findings {

	@Override
	public List<Finding> find() {
		return List.of(new Finding("Jersey", "TODO"));
	}

}
