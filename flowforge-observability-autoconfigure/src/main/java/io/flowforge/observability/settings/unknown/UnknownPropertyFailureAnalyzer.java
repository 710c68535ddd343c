package io.flowforge.observability.settings.unknown;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property is unknown, where it was set, and which one was probably meant.
 */
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnknownPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownPropertyException cause) {
		String description = "%s (set in %s) is not a property of FlowForge Observability."
			.formatted(cause.getProperty().getName(), cause.getProperty().getOrigin());
		String action = (cause.getSuggestion() != null) ? "Did you mean %s?".formatted(cause.getSuggestion())
				: "Remove it, or look up the name in the reference of flowforge.observability properties.";
		return new FailureAnalysis(description, action, cause);
	}

}
