package io.flowforge.observability.settings.unknown;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What happens when a property under the prefix of this library does not exist.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public enum UnknownPropertyMode {

	/**
	 * The service does not start.
	 */
	FAIL,

	/**
	 * The service starts, and each unknown property is a finding.
	 */
	WARN;

	private static final String PROPERTY = "flowforge.observability.unknown-properties";

	static UnknownPropertyMode of(Environment environment) {
		return Binder.get(environment).bind(PROPERTY, UnknownPropertyMode.class).orElse(FAIL);
	}

}
