package io.flowforge.observability.redaction;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Takes secrets out of the URLs in the tags of meters. Micrometer asks once for each
 * meter, not for each measurement.
 */
final class UrlTagFilter implements MeterFilter {

	private final UrlRedactor urls;

	UrlTagFilter(UrlRedactor urls) {
		this.urls = urls;
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		Meter.Id safe = id;
		for (Tag tag : id.getTagsAsIterable()) {
			String value = this.urls.redact(tag.getValue());
			if (value != tag.getValue()) {
				safe = safe.withTag(Tag.of(tag.getKey(), value));
			}
		}
		return safe;
	}

}
