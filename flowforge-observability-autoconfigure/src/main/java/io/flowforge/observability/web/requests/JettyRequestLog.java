package io.flowforge.observability.web.requests;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Adds the {@link RequestMonitor} to Jetty, which calls its request logs once for each
 * request, after the response has been sent.
 */
final class JettyRequestLog implements RequestLog, ServerRequestReader<Request, Response> {

	private final RequestMonitor monitor;

	private final String contextPath;

	JettyRequestLog(RequestMonitor monitor, String contextPath) {
		this.monitor = monitor;
		this.contextPath = contextPath;
	}

	void addTo(Server server) {
		RequestLog other = server.getRequestLog();
		if (other == null) {
			server.setRequestLog(this);
			return;
		}
		server.setRequestLog(new RequestLog.Collection(other, this));
		// The collection does not start the other log, which may have to open a file. The
		// server does.
		server.addBean(other);
	}

	@Override
	public void log(Request request, Response response) {
		this.monitor.completed(response.getStatus(), NanoTime.since(request.getBeginNanoTime()), request, response,
				this);
	}

	@Override
	public @Nullable String path(Request request) {
		return request.getHttpURI().getPath();
	}

	// The server's request has left the context.
	@Override
	public int contextPathLength(Request request) {
		String path = path(request);
		return (path != null && path.startsWith(this.contextPath)) ? this.contextPath.length() : 0;
	}

	@Override
	public @Nullable Object attribute(Request request, String name) {
		return request.getAttribute(name);
	}

	@Override
	public @Nullable String contentType(Response response) {
		return response.getHeaders().get(HttpHeader.CONTENT_TYPE);
	}

	@Override
	public @Nullable String method(Request request) {
		return request.getMethod();
	}

	@Override
	public @Nullable String userAgent(Request request) {
		return request.getHeaders().get(HttpHeader.USER_AGENT);
	}

	// Jetty counts what was written, although it does not send the body for a HEAD
	// request.
	@Override
	public long bodySize(Request request, Response response) {
		return HttpMethod.HEAD.is(request.getMethod()) ? 0 : Response.getContentBytesWritten(response);
	}

}
