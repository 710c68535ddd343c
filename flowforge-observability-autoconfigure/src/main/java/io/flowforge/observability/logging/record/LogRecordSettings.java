package io.flowforge.observability.logging.record;

import io.flowforge.observability.redaction.SecretKeys;

import org.springframework.core.env.Environment;

/**
 * What a service has set for its log records.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @param properties what the records contain, and how large they may be
 * @param secretKeys the keys whose values must not be in a record
 * @since 0.1.0
 */
public record LogRecordSettings(LogRecordProperties properties, SecretKeys secretKeys) {

	/**
	 * Return the settings of a service.
	 * @param environment the environment of the service
	 * @return the settings
	 */
	public static LogRecordSettings of(Environment environment) {
		return new LogRecordSettings(LogRecordProperties.of(environment), SecretKeys.of(environment));
	}

}
