package io.flowforge.observability.web;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the trace headers and of the access log.
 *
 * @param traceIdHeader Name of the response header with the trace id. If it is empty, the
 * header is not sent.
 * @param traceresponseHeader Name of the response header with the trace context in the
 * format of W3C's draft (version, trace id, span id, flags). If it is empty, the header
 * is not sent.
 * @param exposeHeaders Whether scripts in browsers may read the trace headers in
 * responses from another origin. If so, their names are added to
 * Access-Control-Expose-Headers. The service's CORS configuration must allow the origin
 * itself.
 * @param accessLog The events of the logger http.access.
 * @since 0.1.0
 */
@ConfigurationProperties("flowforge.observability.web")
public record WebProperties(@DefaultValue("X-Trace-Id") String traceIdHeader,
		@DefaultValue("traceresponse") String traceresponseHeader, @DefaultValue("false") boolean exposeHeaders,
		@DefaultValue AccessLog accessLog) {

	/**
	 * The events of the logger {@code http.access}.
	 *
	 * @param enabled Whether requests are logged by the logger http.access. Default:
	 * true, or false if the container's own access log is enabled
	 * (server.tomcat.accesslog.enabled, server.jetty.accesslog.enabled).
	 * @param requests Which requests are logged. A request has failed if it was answered
	 * with 500 or more, unless its client went away, and is slow if it took longer than
	 * flowforge.observability.alerts.latency-p99, unless it is a stream.
	 */
	public record AccessLog(@Nullable Boolean enabled, @DefaultValue("failed-and-slow") Requests requests) {

		/**
		 * Return whether requests are logged.
		 * @param containersOwn whether the container's own access log is enabled
		 * @return whether they are logged
		 */
		public boolean isEnabled(boolean containersOwn) {
			return (this.enabled != null) ? this.enabled : !containersOwn;
		}

		/**
		 * Requests that are logged.
		 */
		public enum Requests {

			/**
			 * Requests that failed or were slow.
			 */
			FAILED_AND_SLOW,

			/**
			 * All requests.
			 */
			ALL

		}

	}

}
