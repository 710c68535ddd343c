package io.flowforge.observability.export.otlp;

/**
 * An exporter is to use gRPC, and nothing on the class path can send it.
 */
final class MissingGrpcSenderException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	MissingGrpcSenderException(String property) {
		super(property + " is grpc, but no library on the class path can send gRPC.");
		this.property = property;
	}

	String getProperty() {
		return this.property;
	}

}
