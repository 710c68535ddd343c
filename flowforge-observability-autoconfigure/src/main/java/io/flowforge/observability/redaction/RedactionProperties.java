package io.flowforge.observability.redaction;

import java.util.List;

import io.flowforge.observability.settings.invalid.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * What must not leave the service.
 *
 * @param keys Words that mark a key as secret. The value of each key that contains one of
 * them is replaced by [redacted]. Case, hyphens, underscores, dots and spaces are
 * ignored. A list of your own replaces the default and must not contain blank words. If
 * it is empty, nothing is replaced.
 * @since 0.1.0
 */
@ConfigurationProperties(RedactionProperties.PREFIX)
// @formatter:off
public record RedactionProperties(
		@DefaultValue({ "authorization", "cookie", "password", "token", "secret", "api-key" }) List<String> keys) {
	// @formatter:on

	static final String PREFIX = "flowforge.observability.redaction";

	/**
	 * Check the words.
	 * @throws InvalidSettingException if one of them would be found in every key
	 */
	public RedactionProperties {
		if (keys.stream().map(SecretKeys::normalize).anyMatch(String::isEmpty)) {
			throw new InvalidSettingException(PREFIX + ".keys",
					"a list of words, none of them blank, such as password,token");
		}
	}

	static RedactionProperties defaults() {
		return new Binder(new MapConfigurationPropertySource()).bindOrCreate(PREFIX, RedactionProperties.class);
	}

}
