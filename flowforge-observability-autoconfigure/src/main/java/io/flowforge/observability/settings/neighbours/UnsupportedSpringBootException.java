package io.flowforge.observability.settings.neighbours;

/**
 * The application runs on a version of Spring Boot that this library does not support.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class UnsupportedSpringBootException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnsupportedSpringBootException(String version) {
		super("FlowForge Observability needs Spring Boot 4.1 or later, but this application runs on Spring Boot %s."
			.formatted(version));
	}

}
