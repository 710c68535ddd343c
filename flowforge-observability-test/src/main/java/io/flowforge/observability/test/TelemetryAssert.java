package io.flowforge.observability.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.assertj.core.api.AbstractAssert;

import org.springframework.util.Assert;

/**
 * Assertions for {@link CapturedTelemetry}.
 * <p>
 * Spans end and requests are counted a little after the client has its response. So each
 * assertion that something is there waits for it, 5 seconds unless {@link #within} says
 * otherwise. Assertions that something is not there do not wait: first wait for what must
 * come, such as the span of the request. A failure lists what has been captured.
 *
 * @since 0.1.0
 */
public final class TelemetryAssert extends AbstractAssert<TelemetryAssert, CapturedTelemetry> {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

	private Duration timeout = DEFAULT_TIMEOUT;

	TelemetryAssert(CapturedTelemetry telemetry) {
		super(telemetry, TelemetryAssert.class);
	}

	/**
	 * Wait longer or shorter than 5 seconds for what is asserted next.
	 * @param timeout how long each assertion waits at most
	 * @return these assertions
	 * @throws IllegalArgumentException if the time is negative
	 */
	public TelemetryAssert within(Duration timeout) {
		Assert.isTrue(!timeout.isNegative(), () -> "timeout is " + timeout + ": use 0s or more.");
		this.timeout = timeout;
		return this;
	}

	/**
	 * Verify that a span has ended.
	 * @param name its name, such as {@code GET /orders/{id}}
	 * @return assertions for the span
	 * @throws AssertionError if there is no such span in time
	 */
	public SpanAssert hasSpan(String name) {
		return new SpanAssert(this.actual, spans("a", name));
	}

	/**
	 * Verify that no span of this name has ended by now.
	 * @param name the name, such as {@code GET /orders/{id}}
	 * @return these assertions
	 * @throws AssertionError if there is such a span
	 */
	public TelemetryAssert hasNoSpan(String name) {
		spans("no", name).findNone();
		return this;
	}

	/**
	 * Verify that something was logged.
	 * @param text the message, or a part of it
	 * @return assertions for the log record
	 * @throws AssertionError if there is no such log record in time
	 */
	public LogRecordAssert hasLogRecord(String text) {
		return new LogRecordAssert(this.actual, logRecords("a", text));
	}

	/**
	 * Verify that something has not been logged by now.
	 * @param text what must be in no message
	 * @return these assertions
	 * @throws AssertionError if there is such a log record
	 */
	public TelemetryAssert hasNoLogRecord(String text) {
		logRecords("no", text).findNone();
		return this;
	}

	/**
	 * Verify that a metric has a value. Counters, and the counts, sums and buckets of
	 * timers and distribution summaries have one if they have grown since the test began.
	 * @param name its name in Prometheus, such as {@code orders_placed_total}
	 * @return assertions for the metric
	 * @throws AssertionError if there is no such metric in time
	 */
	public MetricAssert hasMetric(String name) {
		return new MetricAssert(metrics("a", name));
	}

	/**
	 * Verify that a metric has no value by now. Counters, and the counts, sums and
	 * buckets of timers and distribution summaries have none if they have not grown since
	 * the test began.
	 * @param name its name in Prometheus, such as {@code orders_refused_total}
	 * @param tags keys and values of tags that it must not have
	 * @return these assertions
	 * @throws AssertionError if there is such a metric
	 * @throws IllegalArgumentException if a key has no value
	 */
	public TelemetryAssert hasNoMetric(String name, String... tags) {
		Assert.isTrue(tags.length % 2 == 0, "tags must be keys and values.");
		Search<Metric> search = metrics("no", name);
		for (int i = 0; i < tags.length; i += 2) {
			search = MetricAssert.withTag(search, tags[i], tags[i + 1]);
		}
		search.findNone();
		return this;
	}

	private Search<SpanData> spans(String amount, String name) {
		return search(amount + " span", this.actual::spans, Printer::spans).with("'" + name + "'",
				(span) -> span.getName().equals(name));
	}

	private Search<LogRecordData> logRecords(String amount, String text) {
		return search(amount + " log record", this.actual::logRecords, Printer::logRecords).with("'" + text + "'",
				(logRecord) -> Printer.body(logRecord).contains(text));
	}

	private Search<Metric> metrics(String amount, String name) {
		return search(amount + " metric", this.actual::metrics, (metrics) -> Printer.metrics(metrics, name))
			.with("'" + name + "'", (metric) -> metric.name().equals(name));
	}

	private <T> Search<T> search(String what, Supplier<List<T>> captured, Function<List<T>, List<String>> print) {
		String description = descriptionText();
		String prefix = description.isEmpty() ? "" : "[" + description + "] ";
		return new Search<>(prefix + "Expected " + what, captured, print, this.timeout, List.of());
	}

}
