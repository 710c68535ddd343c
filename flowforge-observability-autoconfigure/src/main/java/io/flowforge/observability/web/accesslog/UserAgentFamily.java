package io.flowforge.observability.web.accesslog;

import org.jspecify.annotations.Nullable;

/**
 * The kind of client that sent a request, without its version: one of a few words.
 */
final class UserAgentFamily {

	/**
	 * The word for a request without a {@code User-Agent} header.
	 */
	static final String NONE = "none";

	/**
	 * The word for an unknown client.
	 */
	static final String OTHER = "other";

	// What the header contains, and the word for it. The first match wins: most robots
	// claim to be browsers, most browsers claim to be other browsers, too, and clients
	// written in Java name themselves before they name Java.
	private static final String[][] FAMILIES = { { "bot", "bot" }, { "Bot", "bot" }, { "crawler", "bot" },
			{ "spider", "bot" }, { "Edg", "Edge" }, { "OPR/", "Opera" }, { "Opera", "Opera" },
			{ "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" }, { "Chrome/", "Chrome" }, { "CriOS/", "Chrome" },
			{ "Safari/", "Safari" }, { "curl/", "curl" }, { "Wget/", "Wget" }, { "okhttp/", "okhttp" },
			{ "ReactorNetty/", "ReactorNetty" }, { "Apache-HttpClient/", "Apache-HttpClient" }, { "Jetty/", "Jetty" },
			{ "Java", "Java" }, { "Go-http-client/", "Go" }, { "python", "Python" }, { "Python", "Python" },
			{ "node", "Node" }, { "axios/", "Node" }, { "undici", "Node" }, { "Dart/", "Dart" }, { "grpc-", "gRPC" },
			{ "kube-probe/", "kube-probe" }, { "ELB-HealthChecker/", "ELB-HealthChecker" }, { "GoogleHC/", "GoogleHC" },
			{ "Prometheus/", "Prometheus" }, { "PostmanRuntime/", "Postman" } };

	private UserAgentFamily() {
	}

	static String of(@Nullable String userAgent) {
		if (userAgent == null || userAgent.isEmpty()) {
			return NONE;
		}
		for (String[] family : FAMILIES) {
			if (userAgent.contains(family[0])) {
				return family[1];
			}
		}
		return OTHER;
	}

}
