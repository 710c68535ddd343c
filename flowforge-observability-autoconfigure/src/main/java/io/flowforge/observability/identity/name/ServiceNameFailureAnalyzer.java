package io.flowforge.observability.identity.name;

import java.util.Objects;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what is wrong with the name of the service, and which property gives it one.
 */
final class ServiceNameFailureAnalyzer extends AbstractFailureAnalyzer<ServiceNameException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServiceNameException cause) {
		return new FailureAnalysis(Objects.requireNonNull(cause.getMessage()), cause.getAction(), cause);
	}

}
