package io.flowforge.observability.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.LoggerContext;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which log lines of applications that live and close are exported, and where to.
 */
class LogExportTests {

	private static final Logger logger = LoggerFactory.getLogger(LogExportTests.class);

	@Test
	void firstLinesOfTheStartArriveWithTheirOwnTime() {
		Instant before = Instant.now();
		try (OtlpReceiver receiver = OtlpReceiver.start(); TestService service = start(receiver)) {
			await().untilAsserted(() -> assertThat(bodies(receiver)).anyMatch((body) -> body.startsWith("Started ")));
			LogRecord first = receiver.logRecords()
				.stream()
				.filter((logRecord) -> logRecord.getBody().getStringValue().contains(" using Java "))
				.findFirst()
				.orElseThrow();
			// Observed when it could be exported.
			assertThat(first.getTimeUnixNano()).isLessThan(first.getObservedTimeUnixNano());
			assertThat(Duration.between(before, Instant.ofEpochSecond(0, first.getTimeUnixNano())))
				.isBetween(Duration.ZERO, Duration.ofNanos(first.getObservedTimeUnixNano() - nanos(before)));
			assertThat(service.scrape())
				.contains("flowforge_telemetry_items_total{result=\"dropped\",signal=\"logs\"} 0.0");
		}
	}

	@Test
	void startupLinesThatCannotBeHeldAreCountedAsDropped() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(receiver, "flowforge.observability.logging.startup-buffer=1")) {
			assertThat(service.scrape())
				.containsPattern("flowforge_telemetry_items_total\\{result=\"dropped\",signal=\"logs\"} [1-9]");
			assertThat(bodies(receiver)).noneMatch((body) -> body.contains(" using Java "));
		}
	}

	@Test
	void ofTwoApplicationsInOneJvmTheNewestExports() {
		try (OtlpReceiver first = OtlpReceiver.start();
				OtlpReceiver second = OtlpReceiver.start();
				TestService one = start(first)) {
			try (TestService two = start(second)) {
				logger.info("Said with both");
				await().untilAsserted(() -> assertThat(bodies(second)).containsOnlyOnce("Said with both"));
				assertThat(two.context().isActive()).isTrue();
			}
			logger.info("Said with one");
			await().untilAsserted(() -> assertThat(bodies(first)).containsOnlyOnce("Said with one"));
			assertThat(bodies(first)).doesNotContain("Said with both");
			assertThat(bodies(second)).doesNotContain("Said with one");
			assertThat(one.context().isActive()).isTrue();
		}
	}

	@Test
	void whatIsSaidWhenTheBeansHaveGoneArrivesAndThenNothing() {
		try (OtlpReceiver receiver = OtlpReceiver.start()) {
			TestService.start(new Class<?>[] { Farewell.class }, endpoint(receiver)).close();
			assertThat(bodies(receiver)).containsOnlyOnce("Farewell");
			assertThat(isAttached()).isFalse();
			logger.info("Said to nobody");
			assertThat(bodies(receiver)).doesNotContain("Said to nobody");
		}
	}

	@Test
	void whatExportsDoesNotReactToItself() {
		try (OtlpReceiver receiver = OtlpReceiver.start(); TestService service = start(receiver)) {
			LoggerFactory.getLogger("io.opentelemetry.sdk.Example").error("Said by the SDK");
			LoggerFactory.getLogger("okhttp3.Example").error("Said by its client");
			logger.info("Said by the service");
			await().untilAsserted(() -> assertThat(bodies(receiver)).contains("Said by the service"));
			assertThat(bodies(receiver)).doesNotContain("Said by the SDK", "Said by its client");
			assertThat(service.context().isActive()).isTrue();
		}
	}

	@Test
	void applicationWithLazyBeansExportsAllTheSame() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = start(receiver, "spring.main.lazy-initialization=true")) {
			await().untilAsserted(() -> assertThat(bodies(receiver)).anyMatch((body) -> body.startsWith("Started ")));
			assertThat(service.scrape()).contains("flowforge_telemetry_queue_size{signal=\"logs\"}")
				.contains("flowforge_telemetry_queue_size{signal=\"traces\"}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.logging.export.enabled=false",
			"flowforge.observability.logging.export.enabled=false" })
	void nothingIsAttachedWhereNothingIsExported(String property) {
		try (TestService service = TestService.start(property)) {
			assertThat(isAttached()).isFalse();
			assertThat(service.context().isActive()).isTrue();
		}
	}

	private static boolean isAttached() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		return context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("flowforge-otlp") != null;
	}

	private static TestService start(OtlpReceiver receiver, String... properties) {
		String[] all = new String[properties.length + 2];
		System.arraycopy(properties, 0, all, 2, properties.length);
		all[0] = endpoint(receiver);
		all[1] = "management.opentelemetry.logging.export.schedule-delay=100ms";
		return TestService.start(all);
	}

	private static String endpoint(OtlpReceiver receiver) {
		return "flowforge.observability.otlp.endpoint=" + receiver.endpoint();
	}

	private static List<String> bodies(OtlpReceiver receiver) {
		return receiver.logRecords().stream().map((logRecord) -> logRecord.getBody().getStringValue()).toList();
	}

	private static long nanos(Instant instant) {
		return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
	}

	// Made before all other beans, and so destroyed after them.
	static class Farewell implements BeanFactoryPostProcessor, DisposableBean {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		}

		@Override
		public void destroy() {
			logger.info("Farewell");
		}

	}

}
