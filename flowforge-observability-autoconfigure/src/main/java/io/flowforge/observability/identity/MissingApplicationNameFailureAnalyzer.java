package io.flowforge.observability.identity;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property gives the service its name.
 */
final class MissingApplicationNameFailureAnalyzer extends AbstractFailureAnalyzer<MissingApplicationNameException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingApplicationNameException cause) {
		return new FailureAnalysis(
				"spring.application.name is not set: without it no trace, log line, metric or alert "
						+ "could be told apart from another service's.",
				"Set spring.application.name, for example to orders-service, in application.yml.", cause);
	}

}
