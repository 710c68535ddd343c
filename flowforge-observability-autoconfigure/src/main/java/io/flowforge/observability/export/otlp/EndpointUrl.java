package io.flowforge.observability.export.otlp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The URL of a receiver.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class EndpointUrl {

	// As the SDK's client reads it: unlike in a URI, a host may have an underscore.
	private static final Pattern AUTHORITY = Pattern
		.compile("(?:.*@)?((?:\\[[0-9A-Fa-f:.]+]|[^:@\\[\\]]+)(?::(\\d{0,5}))?)");

	private static final int LAST_PORT = 65535;

	private EndpointUrl() {
	}

	/**
	 * Return a URL that can be shown.
	 * @param url the URL
	 * @return the URL without user, password and query, {@code null} if it cannot be the
	 * URL of a receiver
	 */
	public static @Nullable String withoutCredentials(String url) {
		try {
			URI uri = new URI(url);
			String authority = authority(uri);
			boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
			return (http && authority != null) ? uri.getScheme() + "://" + authority + uri.getRawPath() : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private static @Nullable String authority(URI uri) {
		if (uri.getRawAuthority() == null) {
			return null;
		}
		Matcher authority = AUTHORITY.matcher(uri.getRawAuthority());
		return (authority.matches() && isPort(authority.group(2))) ? authority.group(1) : null;
	}

	private static boolean isPort(@Nullable String port) {
		if (port == null || port.isEmpty()) {
			return true;
		}
		int number = Integer.parseInt(port);
		return number > 0 && number <= LAST_PORT;
	}

}
