package io.flowforge.observability.export.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
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

	// Unlike in a URI, a host may have an underscore, as the services of Compose have.
	private static final Pattern AUTHORITY = Pattern
		.compile("(?:.*@)?((\\[[0-9A-Fa-f:.]+]|[^:@\\[\\]]+)(?::(\\d{0,5}))?)");

	private static final Pattern LOOPBACK = Pattern.compile("localhost|.*\\.localhost|127\\.[0-9.]+|\\[[0:]*:0*1]");

	private static final int LAST_PORT = 65535;

	private final URI uri;

	private final String authority;

	private final String host;

	private final int port;

	private EndpointUrl(URI uri, String authority, String host, int port) {
		this.uri = uri;
		this.authority = authority;
		this.host = host;
		this.port = port;
	}

	/**
	 * Read a URL.
	 * @param uri the URL
	 * @return the URL, {@code null} if it cannot be that of a receiver
	 */
	public static @Nullable EndpointUrl of(URI uri) {
		boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
		if (!http || uri.getRawAuthority() == null) {
			return null;
		}
		Matcher authority = AUTHORITY.matcher(uri.getRawAuthority());
		if (!authority.matches()) {
			return null;
		}
		int port = port(uri, authority.group(3));
		return (port > 0 && port <= LAST_PORT) ? new EndpointUrl(uri, authority.group(1), authority.group(2), port)
				: null;
	}

	private static int port(URI uri, @Nullable String port) {
		if (port == null || port.isEmpty()) {
			return "https".equals(uri.getScheme()) ? 443 : 80;
		}
		return Integer.parseInt(port);
	}

	/**
	 * Return a URL that can be shown.
	 * @param url the URL
	 * @return the URL without user, password and query, {@code null} if it cannot be the
	 * URL of a receiver
	 */
	public static @Nullable String withoutCredentials(String url) {
		try {
			EndpointUrl endpoint = of(new URI(url));
			return (endpoint != null) ? endpoint.origin() + endpoint.uri.getRawPath() : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private String origin() {
		return this.uri.getScheme() + "://" + this.authority;
	}

	boolean isSecure() {
		return "https".equals(this.uri.getScheme());
	}

	/**
	 * Return whether what is sent there stays on this machine. Nothing is looked up for
	 * that.
	 * @return whether the host is a loopback address, or a name for one
	 */
	boolean isLoopback() {
		return LOOPBACK.matcher(this.host.toLowerCase(Locale.ROOT)).matches();
	}

	/**
	 * Return the host.
	 * @return a name or an address, that of IPv6 without brackets
	 */
	String host() {
		return this.host.startsWith("[") ? this.host.substring(1, this.host.length() - 1) : this.host;
	}

	int port() {
		return this.port;
	}

	/**
	 * Return the host and, if the URL has one, the port.
	 * @return what the {@code Host} header says
	 */
	String authority() {
		return this.authority;
	}

	/**
	 * Return the host and the port.
	 * @return what a proxy connects to
	 */
	String hostAndPort() {
		return this.host + ":" + this.port;
	}

	/**
	 * Return the path and the query.
	 * @return what the receiver is asked for
	 */
	String path() {
		String path = this.uri.getRawPath().isEmpty() ? "/" : this.uri.getRawPath();
		return (this.uri.getRawQuery() != null) ? path + "?" + this.uri.getRawQuery() : path;
	}

	/**
	 * Return the URL without user and password.
	 * @return what a proxy is asked for
	 */
	String url() {
		return origin() + path();
	}

}
