package io.flowforge.observability.export.otlp;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which endpoint is unusable, where it was set, and what it must be.
 */
final class InvalidEndpointFailureAnalyzer extends AbstractFailureAnalyzer<InvalidEndpointException> {

	private static final String REQUIREMENT = "an http:// or https:// address, such as http://collector:4318, with a "
			+ "number for a port and without blanks";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidEndpointException cause) {
		return new FailureAnalysis(cause.getMessage(), "Set %s to %s.".formatted(cause.getProperty(), REQUIREMENT),
				cause);
	}

}
