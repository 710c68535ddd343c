package io.flowforge.observability.web;

import org.jspecify.annotations.Nullable;

/**
 * What kind of client sent a request: one of a few words, however many versions of it
 * there are.
 */
final class UserAgentFamily {

	/**
	 * The word for a request that does not say.
	 */
	static final String NONE = "none";

	/**
	 * The word for a client that is not known here.
	 */
	static final String OTHER = "other";

	// What a user agent contains, and what that makes it. Most robots claim to be
	// browsers, most browsers to be others too, and a client of Java says so after its
	// own name: the first that matches is the one.
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
