package io.flowforge.observability.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What responses tell of their trace.
 *
 * @param traceIdHeader name of the response header with the trace id. Empty: none is sent
 * @param traceresponseHeader name of the response header with the trace context as W3C's
 * draft has it (version, trace id, span id, flags). Empty: none is sent
 * @since 0.1.0
 */
@ConfigurationProperties("flowforge.observability.web")
public record WebProperties(@DefaultValue("X-Trace-Id") String traceIdHeader,
		@DefaultValue("traceresponse") String traceresponseHeader) {

}
