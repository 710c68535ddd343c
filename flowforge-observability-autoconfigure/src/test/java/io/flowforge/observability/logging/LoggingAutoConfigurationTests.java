package io.flowforge.observability.logging;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.flowforge.observability.export.ExportAutoConfiguration;
import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LoggingAutoConfiguration}.
 */
class LoggingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(LoggingAutoConfiguration.class, ExportAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
				OpenTelemetryLoggingAutoConfiguration.class, OtlpLoggingAutoConfiguration.class));

	@Test
	void eventsAreExported() {
		this.runner.withUserConfiguration(OwnExporter.class).run((context) -> {
			LoggerFactory.getLogger("test").info("A line");
			await()
				.untilAsserted(() -> assertThat(context.getBean(CollectingExporter.class).bodies()).contains("A line"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "flowforge.observability.enabled=false", "management.opentelemetry.enabled=false",
			"flowforge.observability.logging.export.enabled=false" })
	void exportBacksOffWhenTurnedOff(String property) {
		this.runner.withPropertyValues(property)
			.withUserConfiguration(OwnExporter.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flowforgeLogExport"));
	}

	@Test
	void exportBacksOffWithoutExporter() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flowforgeLogExport"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ch.qos.logback", "io.opentelemetry.sdk.logs" })
	void exportBacksOffWhenALibraryIsMissing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LoggingProperties.class)
				.doesNotHaveBean("flowforgeLogExport"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.micrometer.tracing", "org.springframework.boot.micrometer.tracing" })
	void eventsAreExportedWithoutTracing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.withUserConfiguration(OwnExporter.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean("flowforgeExportStatistics");
				LoggerFactory.getLogger("test").info("A line without tracing");
				await().untilAsserted(() -> assertThat(context.getBean(CollectingExporter.class).bodies())
					.contains("A line without tracing"));
			});
	}

	// By name it would come after ours.
	@Test
	void exporterOfALaterAutoConfigurationGetsEvents() {
		this.runner.withConfiguration(AutoConfigurations.of(ZooAutoConfiguration.class)).run((context) -> {
			LoggerFactory.getLogger("test").info("A line for the zoo");
			await().untilAsserted(() -> assertThat(context.getBean(CollectingExporter.class).bodies())
				.contains("A line for the zoo"));
			assertThat(LibraryBeans.findings(context)).isEmpty();
		});
	}

	@Test
	void eventsGoThroughTheLoggerProviderOfTheUser() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start(new Class<?>[] { OwnLoggerProvider.class },
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint())) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(receiver.logRecords())
				.anyMatch((logRecord) -> logRecord.getBody().getStringValue().equals("Hello")));
			assertThat(LibraryBeans.findings(service.context()))
				.anyMatch((finding) -> finding.startsWith("loggerProvider: "));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExporter {

		@Bean
		CollectingExporter collectingExporter() {
			return new CollectingExporter();
		}

	}

	@AutoConfiguration
	static class ZooAutoConfiguration {

		@Bean
		CollectingExporter collectingExporter() {
			return new CollectingExporter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLoggerProvider {

		@Bean
		SdkLoggerProvider loggerProvider(LogRecordExporter exporter) {
			return SdkLoggerProvider.builder().addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter)).build();
		}

	}

	static class CollectingExporter implements LogRecordExporter {

		private final List<String> bodies = new CopyOnWriteArrayList<>();

		List<String> bodies() {
			return this.bodies;
		}

		@Override
		public CompletableResultCode export(Collection<LogRecordData> logs) {
			logs.forEach((logRecord) -> this.bodies.add(logRecord.getBodyValue().asString()));
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
