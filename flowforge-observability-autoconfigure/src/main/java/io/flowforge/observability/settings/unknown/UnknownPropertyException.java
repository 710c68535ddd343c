package io.flowforge.observability.settings.unknown;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;

/**
 * Somebody set a property under our prefix that does not exist.
 */
final class UnknownPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ConfigurationProperty property;

	private final @Nullable String suggestion;

	UnknownPropertyException(ConfigurationProperty property, @Nullable String suggestion) {
		super("Unknown property " + property.getName());
		this.property = property;
		this.suggestion = suggestion;
	}

	ConfigurationProperty getProperty() {
		return this.property;
	}

	@Nullable String getSuggestion() {
		return this.suggestion;
	}

}
