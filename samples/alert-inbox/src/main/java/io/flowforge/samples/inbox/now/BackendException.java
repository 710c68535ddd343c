package io.flowforge.samples.inbox.now;

/**
 * Prometheus or Alertmanager did not answer, or refused. The message is one sentence for
 * the page.
 */
class BackendException extends RuntimeException {

	private static final long serialVersionUID = 1;

	BackendException(String message) {
		super(message);
	}

}
