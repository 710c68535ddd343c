package io.flowforge.observability.logging.record;

import org.jspecify.annotations.Nullable;

/**
 * Tells threads that serve requests from those that do other work, by the names that
 * Tomcat, Jetty and Netty give them. A thread without a name counts as one of them, for
 * nobody knows, and so does the main thread: another alert tells of a start that fails.
 */
final class RequestThreads {

	private static final String[] PREFIXES = { "http-", "https-", "ajp-", "tomcat-handler-", "qtp", "jetty-",
			"reactor-http-" };

	private RequestThreads() {
	}

	static boolean isOne(@Nullable String name) {
		if (name == null || name.isEmpty() || name.equals("main")) {
			return true;
		}
		for (String prefix : PREFIXES) {
			if (name.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

}
