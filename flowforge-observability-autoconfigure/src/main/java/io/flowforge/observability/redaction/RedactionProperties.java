package io.flowforge.observability.redaction;

import java.util.List;

import io.flowforge.observability.settings.invalid.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Properties of what must not leave the service.
 *
 * @param keys Words that mark a key as secret. The value of each key that contains one of
 * them is replaced by [redacted], and so is the value of each URL parameter whose name
 * contains one. Case, hyphens, underscores, dots and spaces are ignored. A list of your
 * own replaces the default and must not contain blank words. If it is empty, nothing is
 * replaced, not even in URLs.
 * @param urlParameters Names of further URL parameters whose values are replaced by
 * [redacted]: those that sign a URL, and the id of a session. A name that ends with *
 * stands for all names that start that way. Case, hyphens, underscores, dots and spaces
 * are ignored. A list of your own replaces the default and must not contain blank names.
 * @since 0.1.0
 */
@ConfigurationProperties(RedactionProperties.PREFIX)
// @formatter:off
public record RedactionProperties(
		@DefaultValue({ "authorization", "cookie", "password", "token", "secret", "api-key" }) List<String> keys,
		@DefaultValue({ "sig", "Signature", "X-Amz-*", "AWSAccessKeyId", "X-Goog-*", "GoogleAccessId", "JSESSIONID" })
		List<String> urlParameters) {
	// @formatter:on

	static final String PREFIX = "flowforge.observability.redaction";

	/**
	 * Check the words and the names.
	 * @throws InvalidSettingException if one of them would be found in every key
	 */
	public RedactionProperties {
		if (keys.stream().map(KeyPattern::ofWord).anyMatch(KeyPattern::isBlank)) {
			throw new InvalidSettingException(PREFIX + ".keys",
					"a list of words, none of them blank, such as password,token");
		}
		if (urlParameters.stream().map(KeyPattern::ofKey).anyMatch(KeyPattern::isBlank)) {
			throw new InvalidSettingException(PREFIX + ".url-parameters",
					"a list of names, none of them blank, such as sig,X-Amz-*");
		}
	}

	static RedactionProperties defaults() {
		return new Binder(new MapConfigurationPropertySource()).bindOrCreate(PREFIX, RedactionProperties.class);
	}

}
