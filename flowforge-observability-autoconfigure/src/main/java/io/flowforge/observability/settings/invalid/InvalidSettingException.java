package io.flowforge.observability.settings.invalid;

/**
 * A property of ours has a value outside its range.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class InvalidSettingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String requirement;

	/**
	 * Create the exception.
	 * @param property the full name of the property
	 * @param requirement what its value must be, such as {@code a duration above 0}
	 */
	public InvalidSettingException(String property, String requirement) {
		super("%s must be %s".formatted(property, requirement));
		this.property = property;
		this.requirement = requirement;
	}

	String getRequirement() {
		return this.requirement;
	}

	String getProperty() {
		return this.property;
	}

}
