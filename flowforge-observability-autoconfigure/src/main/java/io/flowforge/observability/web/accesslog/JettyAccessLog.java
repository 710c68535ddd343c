package io.flowforge.observability.web.accesslog;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.NanoTime;

/**
 * Adds the {@link AccessLog} to Jetty, which calls its request logs once for each
 * request, after the response has been sent.
 */
final class JettyAccessLog implements RequestLog {

	private final AccessLog accessLog;

	JettyAccessLog(AccessLog accessLog) {
		this.accessLog = accessLog;
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
		this.accessLog.log(response.getStatus(), NanoTime.since(request.getBeginNanoTime()), request, response,
				JettyAccessLog::servedRequest);
	}

	private static AccessLog.ServedRequest servedRequest(Request request, Response response) {
		return new AccessLog.ServedRequest(request.getMethod(), request.getHttpURI().getPath(),
				bytes(request, response), request.getHeaders().get(HttpHeader.USER_AGENT), request::getAttribute);
	}

	// Jetty counts what was written, although it does not send the body for a HEAD
	// request.
	private static long bytes(Request request, Response response) {
		return HttpMethod.HEAD.is(request.getMethod()) ? 0 : Response.getContentBytesWritten(response);
	}

}
