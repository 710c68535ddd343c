package io.flowforge.samples.inbox;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * The port for mail cannot be opened.
 */
class SmtpPortException extends RuntimeException {

	private static final long serialVersionUID = 1;

	SmtpPortException(SmtpProperties properties, Throwable cause) {
		super("Mail cannot be taken on " + properties.address() + ":" + properties.port() + ": " + cause.getMessage()
				+ ".", cause);
	}

	/**
	 * Says so without a stack trace.
	 */
	static class Analyzer extends AbstractFailureAnalyzer<SmtpPortException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, SmtpPortException cause) {
			return new FailureAnalysis(cause.getMessage(),
					"Stop what uses the port, or set inbox.smtp.port to another.", cause);
		}

	}

}
