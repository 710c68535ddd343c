package io.flowforge.observability.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;

/**
 * The response headers that carry the ids of a request's trace.
 */
final class TraceHeaders {

	private final String traceId;

	private final String traceresponse;

	// What browsers are told, empty if nothing.
	private final String exposed;

	TraceHeaders(WebProperties properties) {
		this.traceId = properties.traceIdHeader();
		this.traceresponse = properties.traceresponseHeader();
		this.exposed = properties.exposeHeaders() ? join(this.traceId, this.traceresponse) : "";
	}

	private static String join(String first, String second) {
		return (first.isEmpty() || second.isEmpty()) ? first + second : first + ", " + second;
	}

	boolean isEmpty() {
		return this.traceId.isEmpty() && this.traceresponse.isEmpty();
	}

	boolean contains(String name) {
		return name.equalsIgnoreCase(this.traceId) || name.equalsIgnoreCase(this.traceresponse);
	}

	void write(RequestTrace trace, HttpServletRequest request, HttpServletResponse response) {
		if (!this.traceId.isEmpty()) {
			response.setHeader(this.traceId, trace.traceId());
		}
		if (!this.traceresponse.isEmpty()) {
			response.setHeader(this.traceresponse,
					"00-" + trace.traceId() + "-" + trace.spanId() + (trace.sampled() ? "-01" : "-00"));
		}
		expose(request, response);
	}

	/**
	 * Let scripts of other origins read the headers, if the service allows their origin.
	 * Browsers join several headers of this name, so that the service can have its own.
	 * @param request the request
	 * @param response the response
	 */
	void expose(HttpServletRequest request, HttpServletResponse response) {
		if (!this.exposed.isEmpty() && request.getHeader(HttpHeaders.ORIGIN) != null
				&& !response.getHeaders(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS).contains(this.exposed)) {
			response.addHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, this.exposed);
		}
	}

}
