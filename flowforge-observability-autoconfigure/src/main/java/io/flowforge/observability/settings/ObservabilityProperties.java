package io.flowforge.observability.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties that concern the library as a whole.
 *
 * @param enabled whether the library does anything at all
 * @param otlp where spans and log records go
 * @since 0.1.0
 */
@ConfigurationProperties("flowforge.observability")
public record ObservabilityProperties(@DefaultValue("true") boolean enabled, @DefaultValue Otlp otlp) {

	/**
	 * Check that the library is on. Where it is off nobody asks for these properties,
	 * except in an application that was processed ahead of time with the library on: its
	 * beans are there, without the defaults that they need.
	 * @throws InvalidSettingException if it is off
	 */
	public ObservabilityProperties {
		if (!enabled) {
			throw new InvalidSettingException(ConditionalOnObservabilityEnabled.PROPERTY,
					"true, as it was when the application was processed ahead of time, or process it with false");
		}
	}

	/**
	 * Where spans and log records go.
	 *
	 * @param endpoint address of the collector's OTLP/HTTP receiver, with http:// or
	 * https:// and without the path of a signal. Spring Boot's endpoints for traces and
	 * logs follow it unless they are set
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
