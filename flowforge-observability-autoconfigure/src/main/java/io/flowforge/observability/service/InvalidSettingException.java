package io.flowforge.observability.service;

/**
 * A property of ours has a value outside its range.
 *
 * @since 0.1.0
 */
public final class InvalidSettingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	InvalidSettingException(String property) {
		super("%s must be %s".formatted(property, AlertsProperties.REQUIREMENTS.get(property)));
		this.property = property;
	}

	String getProperty() {
		return this.property;
	}

}
