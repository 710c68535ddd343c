package io.flowforge.observability.logging.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No record is larger than what Loki accepts, and what has been shortened says so. Sizes
 * are counted as Loki counts them.
 */
class LogRecordLimitsTests {

	// Of the 64 KB and 128 entries that Loki accepts beside a line, some are the
	// resource's.
	private static final int MAX_METADATA_BYTES = 58_000;

	private final LoggerContext logback = new LoggerContext();

	private final Logger logger = this.logback.getLogger("io.example.Shop");

	private final List<LogRecordData> logRecords = new ArrayList<>();

	LogRecordLimitsTests() throws IOException {
		this.logback.setMDCAdapter(MDC.getMDCAdapter());
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(appender());
	}

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void longMessageIsShortenedAndSaysSo() {
		this.logger.info("Start " + "x".repeat(599_994));
		String body = only().getBodyValue().asString();
		assertThat(bytes(body)).isEqualTo(65_536);
		assertThat(body).startsWith("Start xxx").endsWith("xxx… [shortened from 600000 bytes]");
	}

	@Test
	void messageThatFitsIsNotTouched() {
		this.logger.info("€".repeat(21_845) + "x");
		assertThat(only().getBodyValue().asString()).isEqualTo("€".repeat(21_845) + "x");
	}

	// Which of the three places between two of them the end falls on depends on what is
	// before them.
	@Test
	void noCharacterIsSplit() {
		for (String before : List.of("", "x", "xx", "xxx")) {
			this.logRecords.clear();
			this.logger.info(before + "😀".repeat(20_000));
			String body = only().getBodyValue().asString();
			assertThat(body).matches(before + "(😀)+… \\[shortened from 8000\\d bytes\\]");
			assertThat(bytes(body)).isBetween(65_533, 65_536);
			assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(body)).isTrue();
		}
	}

	@Test
	void longMessageOfAnExceptionLeavesItsStackTrace() {
		this.logger.error("Failed", new IllegalStateException("m".repeat(100_000), new RuntimeException("No shelf")));
		assertThat(bytes(attribute("exception.message"))).isEqualTo(8_192);
		assertThat(attribute("exception.message")).endsWith("mmm… [shortened from 100000 bytes]");
		assertThat(attribute("exception.stacktrace")).startsWith("java.lang.IllegalStateException: mmm")
			.contains("… [shortened from 100033 bytes]" + System.lineSeparator() + "\tat " + getClass().getName())
			.contains("Caused by: java.lang.RuntimeException: No shelf");
		assertThat(metadataBytes()).isLessThan(MAX_METADATA_BYTES);
	}

	@Test
	void deepStackTraceKeepsItsTopFramesAndTheRootCause() {
		RuntimeException failure = deep(200, new IllegalArgumentException("Root"));
		for (int i = 1; i <= 5; i++) {
			failure = deep(200, new IllegalStateException("Level " + i, failure));
		}
		this.logger.error("Failed", failure);
		assertThat(attribute("exception.stacktrace"))
			.startsWith("java.lang.IllegalStateException: Level 5" + System.lineSeparator() + "\tat "
					+ getClass().getName())
			.contains("Caused by: java.lang.IllegalArgumentException: Root")
			.contains(" filtered")
			.endsWith("… [shortened]");
		assertThat(bytes(attribute("exception.stacktrace"))).isBetween(5_000, 32_768);
	}

	@Test
	void moreExceptionsThanFitAreCutAtTheEnd() {
		RuntimeException failure = new IllegalStateException("Batch");
		IntStream.range(0, 2_000)
			.forEach((i) -> failure
				.addSuppressed(new IllegalArgumentException("Item €" + i, new Exception("€".repeat(500)))));
		RuntimeException outer = failure;
		for (int i = 0; i < 1_000; i++) {
			outer = new IllegalStateException("€".repeat(100), outer);
		}
		this.logger.error("Failed", outer);
		assertThat(attribute("exception.stacktrace")).startsWith("java.lang.IllegalStateException: €€")
			.endsWith("… [shortened]");
		assertThat(bytes(attribute("exception.stacktrace"))).isBetween(32_000, 32_768);
	}

	@Test
	void recordWithManyLargeValuesIsAcceptedAndSaysWhatIsMissing() {
		MDC.put("0-customer", "c-17");
		for (int i = 0; i < 100; i++) {
			MDC.put("context.%03d.%s".formatted(i, "n".repeat(200)), "€".repeat(1_000));
		}
		LoggingEventBuilder event = this.logger.atError()
			.setCause(deep(1_000, new IllegalStateException("m".repeat(40_000))));
		for (int i = 0; i < 200; i++) {
			event = event.addKeyValue("pair-" + i, "x".repeat(1_000))
				.addKeyValue("list-" + i, Collections.nCopies(50, "€€€"));
		}
		event.log("x".repeat(300_000));
		LogRecordData logRecord = only();
		assertThat(bytes(logRecord.getBodyValue().asString())).isEqualTo(65_536);
		assertThat(metadataBytes()).isLessThan(MAX_METADATA_BYTES);
		assertThat(logRecord.getAttributes().size()).isEqualTo(64);
		// What OTLP sends as the number of dropped attributes.
		assertThat(logRecord.getTotalAttributeCount() - logRecord.getAttributes().size()).isGreaterThan(400);
		logRecord.getAttributes()
			.forEach((key, value) -> assertThat(bytes(key.getKey())).as(key.getKey()).isLessThanOrEqualTo(100));
	}

	@Test
	void smallValuesBesideLargeOnesAreNotTouched() {
		this.logger.atInfo()
			.addKeyValue("payload", "x".repeat(50_000))
			.addKeyValue("answer", "y".repeat(50_000))
			.addKeyValue("late", "z".repeat(50_000))
			.addKeyValue("customer", "c-17")
			.addKeyValue("attempts", 3)
			.log("Hello");
		assertThat(bytes(attribute("payload"))).isEqualTo(8_192);
		assertThat(attribute("late")).endsWith("… [shortened from 50000 bytes]");
		assertThat(attribute("customer")).isEqualTo("c-17");
		assertThat(only().getAttributes().get(AttributeKey.longKey("attempts"))).isEqualTo(3);
		assertThat(metadataBytes()).isLessThan(17_000);
	}

	@Test
	void longArraysBecomeTextThatSaysSo() {
		int[] numbers = new int[1_000_000];
		Arrays.fill(numbers, 7);
		this.logger.atInfo()
			.addKeyValue("numbers", numbers)
			.addKeyValue("texts", Collections.nCopies(50, "x".repeat(1_000)))
			.addKeyValue("few", new int[] { 1, 2 })
			.log("Hello");
		assertThat(attribute("numbers")).startsWith("[7, 7, ").endsWith("]… [shortened from 1000000 elements]");
		assertThat(attribute("texts")).startsWith("[xxx").endsWith("… [shortened from 50100 bytes]");
		assertThat(only().getAttributes().get(AttributeKey.longArrayKey("few"))).containsExactly(1L, 2L);
	}

	@Test
	void valueThatFailsToBecomeTextCostsNoRecord() {
		Object broken = new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("No text");
			}

		};
		this.logger.atInfo()
			.addKeyValue("broken", broken)
			.addKeyValue("list", List.of(broken))
			.addKeyValue("whole", "w")
			.log("Hello");
		assertThat(attribute("broken")).isEqualTo("[FAILED toString()]");
		assertThat(attribute("whole")).isEqualTo("w");
	}

	private static RuntimeException deep(int depth, RuntimeException failure) {
		StackTraceElement[] frames = new StackTraceElement[depth];
		Arrays.setAll(frames, (i) -> new StackTraceElement(LogRecordLimitsTests.class.getName(),
				"deep" + failure.hashCode(), "LogRecordLimitsTests.java", i));
		failure.setStackTrace(frames);
		return failure;
	}

	private LogRecordData only() {
		assertThat(this.logRecords).hasSize(1);
		return this.logRecords.get(0);
	}

	private @Nullable String attribute(String name) {
		return only().getAttributes().get(AttributeKey.stringKey(name));
	}

	private int metadataBytes() {
		List<Integer> sizes = new ArrayList<>();
		only().getAttributes().forEach((key, value) -> sizes.add(bytes(key.getKey()) + bytes(value.toString())));
		return sizes.stream().mapToInt(Integer::intValue).sum();
	}

	private static int bytes(@Nullable String text) {
		assertThat(text).isNotNull();
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private AppenderBase<ILoggingEvent> appender() throws IOException {
		Properties defaults = PropertiesLoaderUtils
			.loadProperties(new ClassPathResource("flowforge-observability-defaults.properties"));
		LogLimits limits = LogLimits.builder()
			.setMaxAttributeValueLength(
					limit(defaults, "management.opentelemetry.logging.limits.max-attribute-value-length"))
			.setMaxNumberOfAttributes(limit(defaults, "management.opentelemetry.logging.limits.max-attributes"))
			.build();
		SdkLoggerProvider provider = SdkLoggerProvider.builder()
			.setLogLimits(() -> limits)
			.addLogRecordProcessor((context, logRecord) -> this.logRecords.add(logRecord.toLogRecordData()))
			.build();
		LogRecords records = new LogRecords(provider, limits, LogRecordSettings.of(new MockEnvironment()));
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				records.emit(event, Context.root());
			}

		};
		appender.setContext(this.logback);
		appender.start();
		return appender;
	}

	private static int limit(Properties defaults, String name) {
		return Integer.parseInt(defaults.getProperty(name));
	}

}
