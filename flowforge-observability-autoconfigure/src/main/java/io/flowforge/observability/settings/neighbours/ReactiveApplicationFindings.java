package io.flowforge.observability.settings.neighbours;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

/**
 * Says what does not work in a reactive web application.
 */
final class ReactiveApplicationFindings implements Findings {

	@Override
	public List<Finding> find() {
		return List.of(new Finding("WebFlux",
				"""
						This is a reactive web application: responses have no trace headers, there is no access log, requests to \
						actuator endpoints have spans, and the service does not count requests itself: alerts about errors and \
						latency use http.server.requests. Only servlet applications have all of this."""));
	}

}
