package io.flowforge.observability.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A response whose trace headers are those of its own request, whatever the service does:
 * a gateway that copies the headers of another service's response does not add that
 * service's, and {@link #reset()} does not remove them.
 */
final class TraceHeadersResponse extends HttpServletResponseWrapper {

	private final HttpServletRequest request;

	private final TraceHeaders headers;

	TraceHeadersResponse(HttpServletRequest request, HttpServletResponse response, TraceHeaders headers) {
		super(response);
		this.request = request;
		this.headers = headers;
	}

	/**
	 * Write the headers, if the request has a span by now.
	 */
	void writeTraceHeaders() {
		RequestTrace trace = RequestTrace.find(this.request::getAttribute);
		if (trace != null) {
			this.headers.write(trace, this.request, (HttpServletResponse) getResponse());
		}
	}

	@Override
	public void reset() {
		super.reset();
		writeTraceHeaders();
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		if (!isProtected(name)) {
			super.setHeader(name, value);
			// CORS support sets the names of the service's own headers.
			if (HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS.equalsIgnoreCase(name)) {
				this.headers.expose(this.request, (HttpServletResponse) getResponse());
			}
		}
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		if (!isProtected(name)) {
			super.addHeader(name, value);
		}
	}

	private boolean isProtected(String name) {
		return this.headers.contains(name) && RequestTrace.find(this.request::getAttribute) != null;
	}

}
