package io.flowforge.observability.identity;

/**
 * The service has no name, so nothing it says could be found again.
 */
final class MissingApplicationNameException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MissingApplicationNameException() {
		super("spring.application.name is not set");
	}

}
