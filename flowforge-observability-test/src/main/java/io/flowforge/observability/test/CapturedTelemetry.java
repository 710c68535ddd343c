package io.flowforge.observability.test;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.flowforge.observability.logging.LogPipelineConnection;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.assertj.core.api.AssertProvider;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The telemetry of the application under test, since the test method began. A bean in
 * tests with {@link AutoConfigureTelemetryCapture}; AssertJ's
 * {@code assertThat(telemetry)} leads to its assertions, which wait for telemetry that is
 * still to come.
 * <p>
 * Do not run tests of one application in parallel: what one of them causes, all of them
 * capture.
 *
 * @since 0.1.0
 */
public final class CapturedTelemetry implements AssertProvider<TelemetryAssert> {

	private static final long FLUSH_TIMEOUT_SECONDS = 5;

	private final InMemorySpanExporter spans;

	private final InMemoryLogRecordExporter logRecords;

	private final ObjectProvider<SdkTracerProvider> tracerProvider;

	private final ObjectProvider<SdkLoggerProvider> loggerProvider;

	private final ObjectProvider<LogPipelineConnection> logPipeline;

	private final ObjectProvider<PrometheusMeterRegistry> metrics;

	private volatile long start = Long.MIN_VALUE;

	private volatile Scrape scrapeAtStart = Scrape.EMPTY;

	CapturedTelemetry(InMemorySpanExporter spans, InMemoryLogRecordExporter logRecords,
			ObjectProvider<SdkTracerProvider> tracerProvider, ObjectProvider<SdkLoggerProvider> loggerProvider,
			ObjectProvider<LogPipelineConnection> logPipeline, ObjectProvider<PrometheusMeterRegistry> metrics) {
		this.spans = spans;
		this.logRecords = logRecords;
		this.tracerProvider = tracerProvider;
		this.loggerProvider = loggerProvider;
		this.logPipeline = logPipeline;
		this.metrics = metrics;
	}

	/**
	 * Return the spans that have started since the test began and have ended by now, as
	 * they would have been exported: sampled or kept by tail sampling, with secrets
	 * redacted.
	 * @return the spans, in the order in which they ended
	 */
	public List<SpanData> spans() {
		flush();
		// A request of an earlier test may have ended late.
		return this.spans.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getStartEpochNanos() >= this.start)
			.toList();
	}

	/**
	 * Return what the application has logged since the test began, at levels that are
	 * enabled, as it would have been exported: with secrets redacted.
	 * @return the log records, in the order in which they were logged
	 */
	public List<LogRecordData> logRecords() {
		flush();
		return List.copyOf(this.logRecords.getFinishedLogRecordItems());
	}

	/**
	 * Forget what has been captured. Happens by itself before each test method.
	 */
	public void clear() {
		// There is one log for a JVM, and there may be more applications in the cache of
		// the test framework.
		this.logPipeline.ifAvailable(LogPipelineConnection::activate);
		flush();
		this.spans.reset();
		this.logRecords.reset();
		this.scrapeAtStart = scrape();
		this.start = Clock.getDefault().now();
	}

	/**
	 * Return the assertions for this telemetry. Tests write {@code assertThat(telemetry)}
	 * instead.
	 */
	@Override
	public TelemetryAssert assertThat() {
		return new TelemetryAssert(this);
	}

	@Override
	public String toString() {
		return "captured telemetry";
	}

	/**
	 * The metrics of the application, those that only grow counted from the beginning of
	 * the test.
	 * @return the metrics
	 */
	List<Metric> metrics() {
		return scrape().since(this.scrapeAtStart);
	}

	private Scrape scrape() {
		PrometheusMeterRegistry registry = this.metrics.getIfAvailable();
		return (registry != null) ? Scrape.of(registry.scrape()) : Scrape.EMPTY;
	}

	// Spans and log records wait in the batch processors.
	private void flush() {
		List<CompletableResultCode> flushes = Stream
			.concat(this.tracerProvider.stream().map(SdkTracerProvider::forceFlush),
					this.loggerProvider.stream().map(SdkLoggerProvider::forceFlush))
			.toList();
		CompletableResultCode.ofAll(flushes).join(FLUSH_TIMEOUT_SECONDS, TimeUnit.SECONDS);
	}

}
