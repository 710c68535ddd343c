package io.flowforge.observability.export.otlp;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which library gRPC needs.
 */
final class MissingGrpcSenderFailureAnalyzer extends AbstractFailureAnalyzer<MissingGrpcSenderException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingGrpcSenderException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Add the dependency io.opentelemetry:opentelemetry-exporter-sender-okhttp, or set %s to http."
					.formatted(cause.getProperty()),
				cause);
	}

}
