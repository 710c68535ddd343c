package io.flowforge.observability.web;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What responses and the log tell of a request.
 *
 * @param traceIdHeader name of the response header with the trace id. Empty: none is sent
 * @param traceresponseHeader name of the response header with the trace context as W3C's
 * draft has it (version, trace id, span id, flags). Empty: none is sent
 * @param exposeHeaders whether scripts in browsers may read these headers in responses
 * from another origin. Adds them to Access-Control-Expose-Headers; the origin itself must
 * be allowed by the service's CORS configuration
 * @param accessLog the events of the logger http.access
 * @since 0.1.0
 */
@ConfigurationProperties("flowforge.observability.web")
public record WebProperties(@DefaultValue("X-Trace-Id") String traceIdHeader,
		@DefaultValue("traceresponse") String traceresponseHeader, @DefaultValue("false") boolean exposeHeaders,
		@DefaultValue AccessLog accessLog) {

	/**
	 * The events of the logger {@code http.access}.
	 *
	 * @param enabled whether each request has an event of the logger http.access.
	 * Default: true, or false where the container's own access log is on
	 * (server.tomcat.accesslog.enabled, server.jetty.accesslog.enabled)
	 */
	public record AccessLog(@Nullable Boolean enabled) {

		boolean isEnabled(boolean containersOwn) {
			return (this.enabled != null) ? this.enabled : !containersOwn;
		}

	}

}
