package io.flowforge.observability.web;

import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandler.ContextScopeListener;
import org.jspecify.annotations.Nullable;

/**
 * Clears the ids of a request when a thread of Jetty leaves the application. Jetty runs
 * asynchronous dispatches without its handlers, so that none of them would see each
 * thread.
 */
final class LoggingContextScopeListener implements ContextScopeListener {

	static void addTo(Server server) {
		server.getDescendants(ContextHandler.class)
			.forEach((handler) -> handler.addEventListener(new LoggingContextScopeListener()));
	}

	@Override
	public void enterScope(Context context, @Nullable Request request) {
		LoggingContext.enterContainer();
	}

	@Override
	public void exitScope(Context context, @Nullable Request request) {
		LoggingContext.exitContainer();
	}

}
