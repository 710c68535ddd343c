package io.flowforge.observability.web.requests;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Adds the {@link RequestMonitor} to Tomcat, which calls its access logs once for each
 * request, after the response has been sent. That includes asynchronous requests and
 * requests that Tomcat itself refuses.
 */
final class TomcatRequestLog extends ValveBase implements AccessLog, ServerRequestReader<Request, Response> {

	private final RequestMonitor monitor;

	TomcatRequestLog(RequestMonitor monitor) {
		super(true);
		this.monitor = monitor;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
	}

	@Override
	public void log(Request request, Response response, long nanos) {
		this.monitor.completed(response.getStatus(), nanos, request, response, this);
	}

	@Override
	public @Nullable String path(Request request) {
		return request.getRequestURI();
	}

	@Override
	public int contextPathLength(Request request) {
		Context context = request.getContext();
		return (context != null) ? context.getEncodedPath().length() : 0;
	}

	@Override
	public @Nullable Object attribute(Request request, String name) {
		return request.getAttribute(name);
	}

	@Override
	public @Nullable String contentType(Response response) {
		return response.getContentType();
	}

	@Override
	public @Nullable String method(Request request) {
		return request.getMethod();
	}

	@Override
	public @Nullable String userAgent(Request request) {
		return request.getHeader("User-Agent");
	}

	@Override
	public long bodySize(Request request, Response response) {
		return response.getBytesWritten(false);
	}

	@Override
	public void setRequestAttributesEnabled(boolean requestAttributesEnabled) {
		// They are about addresses, which nobody here asks for.
	}

	@Override
	public boolean getRequestAttributesEnabled() {
		return false;
	}

}
