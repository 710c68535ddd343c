package io.flowforge.observability.logging.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The records of events, field by field as those of OpenTelemetry's own appender.
 */
class LogRecordsTests {

	private static final MockEnvironment WITHOUT_MARK = new MockEnvironment()
		.withProperty("flowforge.observability.logging.record.background", "false");

	private final List<LogRecordData> ours = new ArrayList<>();

	private final List<LogRecordData> reference = new ArrayList<>();

	private final LoggerContext logback = new LoggerContext();

	private final Logger logger = this.logback.getLogger("io.example.Shop");

	LogRecordsTests() {
		this.logback.setMDCAdapter(MDC.getMDCAdapter());
		this.logger.setLevel(Level.TRACE);
		this.logger.addAppender(ours(provider(this.ours)));
		this.logger.addAppender(reference(provider(this.reference)));
	}

	static Stream<Consumer<Logger>> events() {
		return Stream.of((log) -> log.info("Hello"), (log) -> log.trace("Trace of {}", "an order"),
				(log) -> log.debug("Debug"), (log) -> log.warn("Warn", new IllegalStateException("Sold out")),
				(log) -> log.error("Error", failure()), (log) -> log.error("", new Throwable()),
				(log) -> log.error("Anonymous", new RuntimeException() {
				}), (log) -> log.info(null),
				(log) -> log.atInfo()
					.addKeyValue("text", "a")
					.addKeyValue("int", 1)
					.addKeyValue("long", 2L)
					.addKeyValue("short", (short) 3)
					.addKeyValue("byte", (byte) 4)
					.addKeyValue("double", 1.5)
					.addKeyValue("float", 2.5f)
					.addKeyValue("flag", true)
					.addKeyValue("level", Level.INFO)
					.addKeyValue("nothing", (Object) null)
					.log("Pairs"),
				(log) -> log.atInfo()
					.addKeyValue("ints", new int[] { 1, 2 })
					.addKeyValue("longs", new Long[] { 1L, null })
					.addKeyValue("doubles", new double[] { 1.5 })
					.addKeyValue("flags", new boolean[] { true, false })
					.addKeyValue("texts", new String[] { "a", "b" })
					.addKeyValue("objects", new Object[] { 1, "b" })
					.addKeyValue("list", Arrays.asList(1, "b", null))
					.addKeyValue("empty", List.of())
					.log("Arrays and collections"),
				(log) -> log.info(MarkerFactory.getMarker("AUDIT"), "One marker"),
				(log) -> log.atWarn()
					.addMarker(MarkerFactory.getMarker("AUDIT"))
					.addMarker(MarkerFactory.getMarker("BILLING"))
					.log("Two markers"),
				(log) -> log.atInfo().addKeyValue("otel.event.name", "order.placed").log("A named event"));
	}

	@ParameterizedTest
	@MethodSource("events")
	void recordIsThatOfOpenTelemetrysAppender(Consumer<Logger> event) {
		Span span = SdkTracerProvider.builder().build().get("test").spanBuilder("order").startSpan();
		MDC.put("customer", "c-17");
		MDC.put("traceId", span.getSpanContext().getTraceId());
		Context.current().with(span).wrap(() -> event.accept(this.logger)).run();
		MDC.clear();
		LogRecordData ours = only(this.ours);
		LogRecordData reference = only(this.reference);
		assertThat(ours.getBodyValue()).isEqualTo(reference.getBodyValue());
		assertThat(ours.getSeverity()).isEqualTo(reference.getSeverity());
		assertThat(ours.getSeverityText()).isEqualTo(reference.getSeverityText());
		assertThat(ours.getTimestampEpochNanos()).isEqualTo(reference.getTimestampEpochNanos());
		assertThat(ours.getObservedTimestampEpochNanos()).isGreaterThanOrEqualTo(ours.getTimestampEpochNanos());
		assertThat(ours.getInstrumentationScopeInfo()).isEqualTo(reference.getInstrumentationScopeInfo());
		assertThat(ours.getSpanContext()).isEqualTo(reference.getSpanContext()).isEqualTo(span.getSpanContext());
		assertThat(ours.getEventName()).isEqualTo(reference.getEventName());
		assertThat(ours.getAttributes()).isEqualTo(reference.getAttributes());
	}

	private static LogRecordData only(List<LogRecordData> records) {
		assertThat(records).hasSize(1);
		return records.get(0);
	}

	private static Exception failure() {
		Exception failure = new Exception("Outer", new IllegalStateException("Inner\nof two lines"));
		failure.addSuppressed(new IllegalArgumentException("On the way"));
		return failure;
	}

	private static SdkLoggerProvider provider(List<LogRecordData> records) {
		return SdkLoggerProvider.builder()
			.addLogRecordProcessor((context, logRecord) -> records.add(logRecord.toLogRecordData()))
			.build();
	}

	private AppenderBase<ILoggingEvent> ours(SdkLoggerProvider provider) {
		LogRecords records = new LogRecords(provider, LogLimits.getDefault(), LogRecordSettings.of(WITHOUT_MARK));
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				records.emit(event, Context.current());
			}

		};
		appender.setContext(this.logback);
		appender.start();
		return appender;
	}

	private OpenTelemetryAppender reference(SdkLoggerProvider provider) {
		OpenTelemetryAppender appender = new OpenTelemetryAppender();
		appender.setContext(this.logback);
		appender.setCaptureMdcAttributes("customer");
		appender.setCaptureKeyValuePairAttributes(true);
		appender.setCaptureMarkerAttribute(true);
		appender.setOpenTelemetry(OpenTelemetrySdk.builder().setLoggerProvider(provider).build());
		appender.start();
		return appender;
	}

}
