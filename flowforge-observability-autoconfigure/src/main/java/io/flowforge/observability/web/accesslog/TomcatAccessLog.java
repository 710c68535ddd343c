package io.flowforge.observability.web.accesslog;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Adds the {@link AccessLog} to Tomcat, which calls its access logs once for each
 * request, after the response has been sent. That includes asynchronous requests and
 * requests that Tomcat itself refuses.
 */
final class TomcatAccessLog extends ValveBase implements org.apache.catalina.AccessLog {

	private final AccessLog accessLog;

	TomcatAccessLog(AccessLog accessLog) {
		super(true);
		this.accessLog = accessLog;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
	}

	@Override
	public void log(Request request, Response response, long nanos) {
		this.accessLog.log(response.getStatus(), nanos, request, response, TomcatAccessLog::servedRequest);
	}

	private static AccessLog.ServedRequest servedRequest(Request request, Response response) {
		return new AccessLog.ServedRequest(request.getMethod(), request.getRequestURI(),
				response.getBytesWritten(false), request.getHeader("User-Agent"), request::getAttribute);
	}

	@Override
	public void setRequestAttributesEnabled(boolean requestAttributesEnabled) {
		// They are about addresses, which the events do not contain.
	}

	@Override
	public boolean getRequestAttributesEnabled() {
		return false;
	}

}
