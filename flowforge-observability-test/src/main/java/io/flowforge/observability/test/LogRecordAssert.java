package io.flowforge.observability.test;

import java.util.function.Predicate;

import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for a log record. Each of them narrows the search: the log record that
 * {@link #actual()} returns, and that {@code satisfies} gets, is the first one that meets
 * all assertions before. Each waits as long as {@link TelemetryAssert} does.
 *
 * @since 0.1.0
 */
public final class LogRecordAssert extends AbstractAssert<LogRecordAssert, LogRecordData> {

	private final CapturedTelemetry telemetry;

	private final Search<LogRecordData> search;

	LogRecordAssert(CapturedTelemetry telemetry, Search<LogRecordData> search) {
		super(search.find().get(0), LogRecordAssert.class);
		this.telemetry = telemetry;
		this.search = search;
	}

	/**
	 * Verify that there is such a log record of this severity.
	 * @param severity the severity, such as {@link Severity#ERROR}
	 * @return assertions for the log record
	 * @throws AssertionError if there is no such log record in time
	 */
	public LogRecordAssert withSeverity(Severity severity) {
		return with("with severity " + severity, (logRecord) -> logRecord.getSeverity() == severity);
	}

	/**
	 * Verify that there is such a log record with this attribute.
	 * @param key the key: that of a key-value pair, of an entry of the MDC, or
	 * {@code exception.type}
	 * @param value the value; whole numbers may be of any type
	 * @return assertions for the log record
	 * @throws AssertionError if there is no such log record in time
	 */
	public LogRecordAssert withAttribute(String key, Object value) {
		return with("with " + key + "=" + value,
				(logRecord) -> AttributeValues.contains(logRecord.getAttributes(), key, value));
	}

	/**
	 * Verify that there is such a log record in the trace of a span.
	 * @param span a span of the trace: {@link SpanAssert#actual()} returns one
	 * @return assertions for the log record
	 * @throws AssertionError if there is no such log record in time
	 */
	public LogRecordAssert inTraceOf(SpanData span) {
		return with("in the trace of '" + span.getName() + "' (" + span.getTraceId() + ")",
				(logRecord) -> traceId(logRecord).equals(span.getTraceId()));
	}

	/**
	 * Verify that there is such a log record in the trace of a span.
	 * @param spanName the name of a span of the trace
	 * @return assertions for the log record
	 * @throws AssertionError if there is no such log record in time
	 */
	public LogRecordAssert inTraceOf(String spanName) {
		return with("in the trace of '" + spanName + "'", (logRecord) -> this.telemetry.spans()
			.stream()
			.anyMatch((span) -> span.getName().equals(spanName) && span.getTraceId().equals(traceId(logRecord))));
	}

	private LogRecordAssert with(String description, Predicate<LogRecordData> condition) {
		return new LogRecordAssert(this.telemetry, this.search.with(description, condition));
	}

	private static String traceId(LogRecordData logRecord) {
		return logRecord.getSpanContext().getTraceId();
	}

}
