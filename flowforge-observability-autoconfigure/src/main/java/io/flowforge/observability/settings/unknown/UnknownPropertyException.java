package io.flowforge.observability.settings.unknown;

/**
 * A property under the prefix of this library does not exist.
 */
final class UnknownPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient UnknownProperty unknown;

	UnknownPropertyException(UnknownProperty unknown) {
		super("Unknown property " + unknown.property().getName());
		this.unknown = unknown;
	}

	UnknownProperty getUnknown() {
		return this.unknown;
	}

}
