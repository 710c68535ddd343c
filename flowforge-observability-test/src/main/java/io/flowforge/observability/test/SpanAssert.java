package io.flowforge.observability.test;

import java.util.function.Predicate;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for a span. Each of them narrows the search: the span that {@link #actual()}
 * returns, and that {@code satisfies} gets, is the first one that meets all assertions
 * before. Each waits as long as {@link TelemetryAssert} does.
 *
 * @since 0.1.0
 */
public final class SpanAssert extends AbstractAssert<SpanAssert, SpanData> {

	private final CapturedTelemetry telemetry;

	private final Search<SpanData> search;

	SpanAssert(CapturedTelemetry telemetry, Search<SpanData> search) {
		super(search.find().get(0), SpanAssert.class);
		this.telemetry = telemetry;
		this.search = search;
	}

	/**
	 * Verify that there is such a span with this status. Requests that a service answers
	 * with 500 or more are {@link StatusCode#ERROR}, all others {@link StatusCode#UNSET}.
	 * @param status the status
	 * @return assertions for the span
	 * @throws AssertionError if there is no such span in time
	 */
	public SpanAssert withStatus(StatusCode status) {
		return with("with status " + status, (span) -> span.getStatus().getStatusCode() == status);
	}

	/**
	 * Verify that there is such a span of this kind.
	 * @param kind the kind, such as {@link SpanKind#SERVER}
	 * @return assertions for the span
	 * @throws AssertionError if there is no such span in time
	 */
	public SpanAssert withKind(SpanKind kind) {
		return with("of kind " + kind, (span) -> span.getKind() == kind);
	}

	/**
	 * Verify that there is such a span with this attribute.
	 * @param key the key, such as {@code http.response.status_code}
	 * @param value the value; whole numbers may be of any type
	 * @return assertions for the span
	 * @throws AssertionError if there is no such span in time
	 */
	public SpanAssert withAttribute(String key, Object value) {
		return with("with " + key + "=" + value, (span) -> AttributeValues.contains(span.getAttributes(), key, value));
	}

	/**
	 * Verify that there is such a span with this child.
	 * @param name the name of the child
	 * @return assertions for the span, not for its child
	 * @throws AssertionError if there is no such span in time
	 */
	public SpanAssert withChild(String name) {
		return with("with the child '" + name + "'",
				(span) -> this.telemetry.spans()
					.stream()
					.anyMatch((child) -> child.getName().equals(name) && child.getTraceId().equals(span.getTraceId())
							&& child.getParentSpanId().equals(span.getSpanId())));
	}

	private SpanAssert with(String description, Predicate<SpanData> condition) {
		return new SpanAssert(this.telemetry, this.search.with(description, condition));
	}

}
