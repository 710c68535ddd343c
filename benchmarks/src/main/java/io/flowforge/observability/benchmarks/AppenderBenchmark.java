package io.flowforge.observability.benchmarks;

import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What it costs to make a log record of an event of Logback: our appender against
 * OpenTelemetry's own, told to capture the same. Both feed the same kind of logger
 * provider with the same limits, whose processor throws the record away. Both times
 * include Logback's event itself. A span is current, as in a request.
 */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppenderBenchmark {

	private static final SpanContext SPAN = SpanContext.create("dda5f4c76649876e375804bf704ed138", "5999b05c6038f2de",
			TraceFlags.getSampled(), TraceState.getDefault());

	/**
	 * Whose appender.
	 */
	@Param({ "flowforge", "opentelemetry" })
	public String appender = "";

	/**
	 * What is logged.
	 */
	@Param({ "message", "mdc", "mdc-and-exception" })
	public String event = "";

	private ConfigurableApplicationContext service;

	private Appender<ILoggingEvent> target;

	private Logger logger;

	private Throwable failure;

	private Scope request;

	/**
	 * Start a service with our appender, and have the other one beside it.
	 */
	@Setup
	public void start() {
		SpringApplication application = new SpringApplication(Service.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		this.service = application.run("--spring.application.name=benchmark", "--logging.level.root=warn",
				"--flowforge.observability.health.enabled=false");
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		this.logger = context.getLogger("io.example.Shop");
		this.target = this.appender.equals("flowforge")
				? context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("flowforge-otlp")
				: reference(context);
		if (!this.event.equals("message")) {
			MDC.put("traceId", SPAN.getTraceId());
			MDC.put("spanId", SPAN.getSpanId());
			MDC.put("customer", "c-17");
			MDC.put("tenant", "north");
		}
		this.request = Span.wrap(SPAN).makeCurrent();
		this.failure = this.event.equals("mdc-and-exception") ? failure(20) : null;
	}

	private static Throwable failure(int depth) {
		return (depth > 0) ? failure(depth - 1)
				: new IllegalStateException("Sold out", new RuntimeException("No shelf"));
	}

	private static OpenTelemetryAppender reference(LoggerContext context) {
		OpenTelemetryAppender appender = new OpenTelemetryAppender();
		appender.setContext(context);
		appender.setCaptureExperimentalAttributes(true);
		appender.setCaptureMdcAttributes("*");
		appender.setCaptureKeyValuePairAttributes(true);
		appender.setCaptureMarkerAttribute(true);
		appender.setOpenTelemetry(OpenTelemetrySdk.builder().setLoggerProvider(provider()).build());
		appender.start();
		return appender;
	}

	private static SdkLoggerProvider provider() {
		return SdkLoggerProvider.builder()
			.setLogLimits(() -> LogLimits.builder().setMaxAttributeValueLength(32768).build())
			.addLogRecordProcessor(new Nowhere())
			.build();
	}

	/**
	 * Log one event.
	 */
	@Benchmark
	public void append() {
		this.target.doAppend(new LoggingEvent(AppenderBenchmark.class.getName(), this.logger, Level.ERROR,
				"Order {} failed", this.failure, new Object[] { 17 }));
	}

	/**
	 * End the service.
	 */
	@TearDown
	public void stop() {
		this.request.close();
		this.service.close();
		MDC.clear();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Service {

		@Bean
		SdkLoggerProvider recordsToNowhere() {
			return provider();
		}

	}

	static final class Nowhere implements LogRecordProcessor {

		@Override
		public void onEmit(Context context, ReadWriteLogRecord logRecord) {
		}

	}

}
