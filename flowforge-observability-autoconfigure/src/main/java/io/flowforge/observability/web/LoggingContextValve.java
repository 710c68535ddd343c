package io.flowforge.observability.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Clears the ids of a request when Tomcat is done with it.
 */
final class LoggingContextValve extends ValveBase {

	LoggingContextValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		LoggingContext.enterContainer();
		try {
			getNext().invoke(request, response);
		}
		finally {
			LoggingContext.exitContainer();
		}
	}

}
