package io.flowforge.samples.inbox.logs;

import java.time.Instant;

/**
 * A log record. What is not in it is an empty string.
 *
 * @param time when it was logged
 * @param severity how bad it is, as OpenTelemetry numbers it: 0 if that is not known
 * @param level the same in a word
 * @param service name of the service
 * @param environment its environment
 * @param logger who logged it
 * @param message the message
 * @param exception the stack trace
 * @param traceId the trace that it belongs to
 */
public record LogLine(Instant time, int severity, String level, String service, String environment, String logger,
		String message, String exception, String traceId) {

}
