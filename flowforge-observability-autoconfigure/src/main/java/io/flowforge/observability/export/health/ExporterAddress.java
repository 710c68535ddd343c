package io.flowforge.observability.export.health;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.observability.export.http.EndpointUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where an exporter sends to, as far as it says so itself. Only the exporter knows: a
 * property may have been overruled by connection details or by a customizer.
 */
final class ExporterAddress {

	// The exporters of the SDK describe themselves as Name{endpoint=http://…, …}.
	private static final Pattern URL = Pattern.compile("(?i)\\b(?:endpoint|url)[=:]\\s*[\"']?(https?://\\S+)");

	private static final Pattern END = Pattern.compile("[,;}\\])\"']+$");

	private ExporterAddress() {
	}

	static @Nullable String of(Object exporter) {
		Matcher url = URL.matcher(description(exporter));
		return url.find() ? EndpointUrl.withoutCredentials(END.matcher(url.group(1)).replaceFirst("")) : null;
	}

	private static String description(Object exporter) {
		try {
			return String.valueOf(exporter);
		}
		catch (RuntimeException ex) {
			return "";
		}
	}

}
