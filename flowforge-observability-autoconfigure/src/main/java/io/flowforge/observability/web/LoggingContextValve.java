package io.flowforge.observability.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Takes the ids of a request out of the logging context when Tomcat is done with it: the
 * next request of the thread is another.
 */
final class LoggingContextValve extends ValveBase {

	LoggingContextValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		try {
			getNext().invoke(request, response);
		}
		finally {
			RequestTrace.removeFromLoggingContext();
		}
	}

}
