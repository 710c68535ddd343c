package io.flowforge.observability.web;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes the ids of a request out of the logging context when Jetty is done with it: the
 * next request of the thread is another.
 */
final class LoggingContextHandler extends Handler.Wrapper {

	LoggingContextHandler(Handler handler) {
		super(handler);
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		try {
			return super.handle(request, response, callback);
		}
		finally {
			RequestTrace.removeFromLoggingContext();
		}
	}

}
