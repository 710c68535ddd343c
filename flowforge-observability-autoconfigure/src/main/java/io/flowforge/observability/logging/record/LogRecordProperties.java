package io.flowforge.observability.logging.record;

import java.util.List;

import io.flowforge.observability.settings.invalid.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * What exported log records contain, and how large they may be.
 *
 * @param threadNameLevel Lowest level of the events whose records have thread.name.
 * Default: none have it.
 * @param background Whether records of ERROR from threads that serve no request have
 * flowforge.background. The alert FlowForgeBackgroundErrors needs it.
 * @param maxBodySize Maximum size of the message, in bytes of UTF-8. If it is longer, it
 * is shortened and marked as such. The value must be at least 1KB and at most 16MB.
 * @param maxAttributesSize Maximum size in bytes of UTF-8 of all attributes of a record
 * together, including their names, without exception.stacktrace. One attribute takes at
 * most half of it. Longer values are shortened and marked as such. The value must be at
 * least 1KB and at most 16MB.
 * @param mdc The entries of the MDC that become attributes.
 * @since 0.1.0
 */
@ConfigurationProperties(LogRecordProperties.PREFIX)
public record LogRecordProperties(@DefaultValue("off") LogLevel threadNameLevel,
		@DefaultValue("true") boolean background, @DefaultValue("64KB") DataSize maxBodySize,
		@DefaultValue("16KB") DataSize maxAttributesSize, @DefaultValue Mdc mdc) {

	static final String PREFIX = "flowforge.observability.logging.record";

	/**
	 * Check the sizes.
	 * @throws InvalidSettingException if one is outside its range
	 */
	public LogRecordProperties {
		check("max-body-size", maxBodySize, "64KB");
		check("max-attributes-size", maxAttributesSize, "16KB");
	}

	private static void check(String name, DataSize size, String example) {
		if (size.compareTo(DataSize.ofKilobytes(1)) < 0 || size.compareTo(DataSize.ofMegabytes(16)) > 0) {
			throw new InvalidSettingException(PREFIX + "." + name,
					"a size of at least 1KB and at most 16MB, such as " + example);
		}
	}

	/**
	 * The settings of a service. Unusable ones are not refused here, where it is too
	 * early to say why: until they are, the defaults hold.
	 * @param environment the environment of the service
	 * @return the settings
	 */
	static LogRecordProperties of(Environment environment) {
		try {
			return bind(Binder.get(environment));
		}
		catch (BindException ex) {
			return bind(new Binder(new MapConfigurationPropertySource()));
		}
	}

	private static LogRecordProperties bind(Binder binder) {
		return binder.bindOrCreate(PREFIX, LogRecordProperties.class);
	}

	/**
	 * The entries of the MDC that become attributes of a log record.
	 *
	 * @param include Keys of the MDC that become attributes. Default: all but traceId and
	 * spanId, which are fields of a record.
	 * @param exclude Keys of the MDC that do not become attributes, even if they are
	 * included. Default: none.
	 */
	public record Mdc(@DefaultValue List<String> include, @DefaultValue List<String> exclude) {

		boolean isAttribute(String key) {
			boolean included = this.include.isEmpty()
					? !key.equals(LogRecords.TRACE_ID) && !key.equals(LogRecords.SPAN_ID) : this.include.contains(key);
			return included && !this.exclude.contains(key);
		}

	}

}
