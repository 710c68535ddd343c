package io.flowforge.observability.export.otlp;

/**
 * No exporter can send to the value of an endpoint property.
 */
final class InvalidEndpointException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	InvalidEndpointException(String property, String message) {
		super(message);
		this.property = property;
	}

	String getProperty() {
		return this.property;
	}

}
