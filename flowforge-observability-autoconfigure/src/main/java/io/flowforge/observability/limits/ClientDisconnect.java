package io.flowforge.observability.limits;

import java.io.IOException;
import java.util.Set;

/**
 * Tells a client that went away from a service that failed. Spring's
 * {@code DisconnectedClientHelper} goes by messages such as "Connection reset by peer",
 * which a service gets from its database, too.
 */
final class ClientDisconnect {

	// Tomcat's, Jetty's, and Spring's for both.
	private static final Set<String> EXCEPTIONS = Set.of("org.apache.catalina.connector.ClientAbortException",
			"org.eclipse.jetty.io.EofException",
			"org.springframework.web.context.request.async.AsyncRequestNotUsableException");

	// What the service got as a client, perhaps one of Jetty's.
	private static final Set<String> EXCEPTIONS_OF_CLIENTS = Set.of(
			"org.springframework.web.client.ResourceAccessException",
			"org.springframework.web.client.RestClientException",
			"org.springframework.web.reactive.function.client.WebClientRequestException");

	// Tomcat passes on the exception of the connection to its client as it is.
	private static final String[] CONNECTIONS = { "org.apache.tomcat.util.net.", "org.apache.coyote." };

	private static final String[] JDK = { "java.", "sun.", "jdk." };

	private static final int MAX_CAUSES = 20;

	private ClientDisconnect() {
	}

	/**
	 * Whether an exception says that the client has closed the connection.
	 * @param exception what ended the handling of a request
	 * @return whether it, or one of its causes, does
	 */
	static boolean isCauseOf(Throwable exception) {
		Throwable cause = exception;
		for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
			String name = cause.getClass().getName();
			if (EXCEPTIONS_OF_CLIENTS.contains(name)) {
				return false;
			}
			if (EXCEPTIONS.contains(name) || (cause instanceof IOException && isFromConnection(cause))) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private static boolean isFromConnection(Throwable exception) {
		for (StackTraceElement element : exception.getStackTrace()) {
			if (!startsWithAny(element.getClassName(), JDK)) {
				return startsWithAny(element.getClassName(), CONNECTIONS);
			}
		}
		return false;
	}

	private static boolean startsWithAny(String name, String[] prefixes) {
		for (String prefix : prefixes) {
			if (name.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

}
