package io.flowforge.observability.logging;

import io.flowforge.observability.settings.invalid.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * How the log is written, and how its first lines are kept.
 *
 * @param console Format of the lines on the console: text, or one JSON object for each
 * event in the Elastic Common Schema. If Spring Boot's logging.structured.format.console
 * is set, that is used instead.
 * @param startupBuffer Maximum number of log events that are kept in memory until they
 * can be exported. If there are more, the oldest are dropped and counted in
 * flowforge_telemetry_items_total. The value must be at least 0.
 * @param export The export of Logback's events.
 * @since 0.1.0
 */
@ConfigurationProperties(LoggingProperties.PREFIX)
public record LoggingProperties(@DefaultValue("text") ConsoleFormat console, @DefaultValue("1000") int startupBuffer,
		@DefaultValue Export export) {

	static final String PREFIX = "flowforge.observability.logging";

	/**
	 * Name of the property for the format of the lines on the console.
	 */
	public static final String CONSOLE = PREFIX + ".console";

	/**
	 * Check the settings.
	 * @throws InvalidSettingException if the number of lines is below 0
	 */
	public LoggingProperties {
		if (startupBuffer < 0) {
			throw new InvalidSettingException(PREFIX + ".startup-buffer", "a number of lines, 0 or more, such as 1000");
		}
	}

	/**
	 * The settings of a service. Unusable ones are not refused here, where it is too
	 * early to say why: until they are, the defaults hold.
	 * @param environment the environment of the service
	 * @return the settings
	 */
	static LoggingProperties of(Environment environment) {
		try {
			return bind(Binder.get(environment));
		}
		catch (BindException ex) {
			return bind(new Binder(new MapConfigurationPropertySource()));
		}
	}

	private static LoggingProperties bind(Binder binder) {
		return binder.bindOrCreate(PREFIX, LoggingProperties.class);
	}

	/**
	 * Export of Logback's events.
	 *
	 * @param enabled Whether log events are exported. Disable it if another appender
	 * exports them.
	 */
	public record Export(@DefaultValue("true") boolean enabled) {

		static final String ENABLED = PREFIX + ".export.enabled";

	}

	/**
	 * What the lines of the console are.
	 */
	public enum ConsoleFormat {

		/**
		 * Spring Boot's lines of text, with the ids of the trace.
		 */
		TEXT,

		/**
		 * One JSON object a line, in the Elastic Common Schema.
		 */
		JSON

	}

}
