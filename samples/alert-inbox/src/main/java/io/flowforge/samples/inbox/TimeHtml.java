package io.flowforge.samples.inbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes a point in time. It is in UTC until times.js puts the reader's own zone in.
 */
final class TimeHtml {

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMM HH:mm:ss 'UTC'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private TimeHtml() {
	}

	static String render(Instant time) {
		return "<time datetime=\"%s\">%s</time>".formatted(time, UTC.format(time));
	}

}
