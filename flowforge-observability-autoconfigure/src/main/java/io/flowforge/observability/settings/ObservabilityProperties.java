package io.flowforge.observability.settings;

import io.flowforge.observability.settings.invalid.InvalidSettingException;
import io.flowforge.observability.settings.unknown.UnknownPropertyMode;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties that concern the library as a whole.
 *
 * @param enabled Whether the library is active. If it is not, it adds no beans and no
 * defaults.
 * @param unknownProperties What happens if a property under flowforge.observability does
 * not exist: the start fails, or a warning is logged for each such property. Choose warn
 * if services with different versions of the library share their configuration.
 * @param otlp Where spans and log records are sent.
 * @since 0.1.0
 */
@ConfigurationProperties("flowforge.observability")
public record ObservabilityProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("fail") UnknownPropertyMode unknownProperties, @DefaultValue Otlp otlp) {

	/**
	 * Check that the library is active. If it is not, these properties are not bound,
	 * except in an application that was processed ahead of time with the library active:
	 * its beans exist, without the defaults that they need.
	 * @throws InvalidSettingException if it is not active
	 */
	public ObservabilityProperties {
		if (!enabled) {
			throw new InvalidSettingException(ConditionalOnObservabilityEnabled.PROPERTY,
					"true, as it was when the application was processed ahead of time, or process it with false");
		}
	}

	/**
	 * Where spans and log records are sent.
	 *
	 * @param endpoint Address of the collector's OTLP/HTTP receiver. It starts with
	 * http:// or https:// and does not end with the path of a signal. Spring Boot's
	 * endpoints for traces and logs are derived from it unless they are set.
	 */
	public record Otlp(@DefaultValue("http://localhost:4318") String endpoint) {

		/**
		 * Check the endpoint.
		 * @throws InvalidSettingException if it is not an HTTP address
		 */
		public Otlp {
			if (!endpoint.matches("https?://[^/].*")) {
				throw new InvalidSettingException("flowforge.observability.otlp.endpoint",
						"an http:// or https:// address, such as http://collector:4318");
			}
		}

	}

}
