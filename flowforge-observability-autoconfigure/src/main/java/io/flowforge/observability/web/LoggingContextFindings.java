package io.flowforge.observability.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.slf4j.MDC;

/**
 * Finds a {@code Slf4JEventListener} of the service's own that puts the ids of traces
 * into the logging context under other keys than the error lines of the container have.
 * The listener does not say its keys: it is given a span that nobody records.
 */
final class LoggingContextFindings implements Findings {

	private static final SpanContext PROBE = SpanContext.create("f10f0000000000000000000000000001", "f10f000000000001",
			TraceFlags.getDefault(), TraceState.getDefault());

	@Override
	@SuppressWarnings("try")
	public List<Finding> find() {
		try (Scope scope = Context.current().with(Span.wrap(PROBE)).makeCurrent()) {
			Map<String, String> loggingContext = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
			return find(loggingContext);
		}
	}

	private static List<Finding> find(Map<String, String> loggingContext) {
		String traceIdKey = key(loggingContext, PROBE.getTraceId());
		String spanIdKey = key(loggingContext, PROBE.getSpanId());
		boolean same = PROBE.getTraceId().equals(loggingContext.get(RequestTrace.TRACE_ID))
				&& PROBE.getSpanId().equals(loggingContext.get(RequestTrace.SPAN_ID));
		if (same || traceIdKey.isEmpty()) {
			return List.of();
		}
		return List.of(new Finding("Slf4JEventListener",
				"""
						The service's own bean puts the ids of traces into the logging context as %s and %s; the access log and the \
						container's lines on failed requests have them as %s and %s."""
					.formatted(traceIdKey, spanIdKey, RequestTrace.TRACE_ID, RequestTrace.SPAN_ID)));
	}

	private static String key(Map<String, String> loggingContext, String id) {
		return loggingContext.entrySet()
			.stream()
			.filter((entry) -> id.equals(entry.getValue()))
			.map(Map.Entry::getKey)
			.sorted()
			.findFirst()
			.orElse("");
	}

}
