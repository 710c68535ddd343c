package io.flowforge.observability.tracing.sampling;

import java.time.Duration;

import io.flowforge.observability.settings.invalid.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of tail sampling, which exports the unsampled traces of failed and slow
 * requests.
 *
 * @param enabled Whether the traces of failed and slow requests are exported even if they
 * were not sampled.
 * @param maxSpans Maximum number of unsampled spans that are kept in memory until their
 * request ends. If there are more, the oldest traces are discarded. The value must be at
 * least 1.
 * @param maxAge Maximum time that the unsampled spans of a request are kept in memory if
 * the request does not end. The value must be above 0 and at most 1d.
 * @since 0.1.0
 */
@ConfigurationProperties(TailSamplingProperties.PREFIX)
public record TailSamplingProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10000") int maxSpans,
		@DefaultValue("5m") Duration maxAge) {

	static final String PREFIX = "flowforge.observability.tracing.tail-sampling";

	/**
	 * Check the bounds.
	 * @throws InvalidSettingException if one is outside its range
	 */
	public TailSamplingProperties {
		if (maxSpans < 1) {
			throw new InvalidSettingException(PREFIX + ".max-spans", "a number of spans, at least 1");
		}
		if (maxAge.compareTo(Duration.ZERO) <= 0 || maxAge.compareTo(Duration.ofDays(1)) > 0) {
			throw new InvalidSettingException(PREFIX + ".max-age", "a duration above 0 and at most 1d, such as 5m");
		}
	}

}
