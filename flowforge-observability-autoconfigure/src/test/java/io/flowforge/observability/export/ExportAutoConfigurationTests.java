package io.flowforge.observability.export;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.flowforge.observability.export.health.ExporterHealth;
import io.flowforge.observability.export.health.ExporterHealthRegistry;
import io.flowforge.observability.export.statistics.ExportStatistics;
import io.flowforge.observability.export.statistics.Signal;
import io.flowforge.observability.testing.CollectingSpanExporter;
import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ExportAutoConfiguration}.
 */
class ExportAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ExportAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, OpenTelemetryLoggingAutoConfiguration.class))
		.withPropertyValues("management.tracing.sampling.probability=1");

	@Test
	void replacesTheProcessorsOfSpringBoot() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(BatchSpanProcessor.class)
				.hasSingleBean(BatchLogRecordProcessor.class)
				.hasSingleBean(SpanExporters.class);
			assertThat(LibraryBeans.findings(context)).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "flowforge.observability.enabled=false", "management.opentelemetry.enabled=false" })
	void backsOffWhenTurnedOff(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.opentelemetry.sdk.trace", "io.opentelemetry.sdk.logs", "io.micrometer.tracing.otel",
			"org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters" })
	void backsOffWhenALibraryIsMissing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void metricsBackOffWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).doesNotHaveBean("flowforgeExportMetrics")
				.hasSingleBean(ExportStatistics.class));
	}

	@Test
	void spanProcessorOfTheUserWinsAndTheLossIsAFinding() {
		CollectingSpanExporter exporter = new CollectingSpanExporter();
		this.runner.withBean("theirs", BatchSpanProcessor.class, () -> BatchSpanProcessor.builder(exporter).build())
			.run((context) -> {
				assertThat(context).hasSingleBean(BatchSpanProcessor.class);
				makeSpan(context);
				context.getBean(BatchSpanProcessor.class).forceFlush().join(5, TimeUnit.SECONDS);
				assertThat(exporter.names()).containsExactly("work");
				assertThat(LibraryBeans.findings(context)).singleElement()
					.asString()
					.startsWith("theirs: ")
					.contains("BatchSpanProcessor", "neither counted nor redacted");
			});
	}

	@Test
	void spanExportersOfTheUserWinAndNothingIsLost() {
		CollectingSpanExporter exporter = new CollectingSpanExporter();
		this.runner.withBean("theirs", SpanExporters.class, () -> SpanExporters.of(exporter)).run((context) -> {
			makeSpan(context);
			context.getBean(BatchSpanProcessor.class).forceFlush().join(5, TimeUnit.SECONDS);
			assertThat(exporter.names()).containsExactly("work");
			assertThat(context.getBean(ExportStatistics.class).exported(Signal.TRACES)).isOne();
			assertThat(context.getBean(ExporterHealthRegistry.class).health(Signal.TRACES))
				.extracting(ExporterHealth::state)
				.containsExactly(ExporterHealth.State.DELIVERING);
			assertThat(LibraryBeans.findings(context)).isEmpty();
		});
	}

	// What is the same object is sent once for all spans of a batch.
	@Test
	void spansOfABatchShareTheirResource() {
		CollectingSpanExporter exporter = new CollectingSpanExporter();
		this.runner.withBean("theirs", SpanExporters.class, () -> SpanExporters.of(exporter)).run((context) -> {
			makeSpan(context);
			makeSpan(context);
			context.getBean(BatchSpanProcessor.class).forceFlush().join(5, TimeUnit.SECONDS);
			assertThat(exporter.spans()).hasSize(2);
			assertThat(exporter.spans().get(0).getResource()).isSameAs(exporter.spans().get(1).getResource());
		});
	}

	@Test
	void logRecordProcessorOfTheUserWinsAndTheLossIsAFinding() {
		this.runner
			.withBean("theirs", BatchLogRecordProcessor.class,
					() -> BatchLogRecordProcessor.builder(LogRecordExporter.composite(List.of())).build())
			.run((context) -> {
				assertThat(context).hasSingleBean(BatchLogRecordProcessor.class);
				assertThat(LibraryBeans.findings(context)).singleElement()
					.asString()
					.startsWith("theirs: ")
					.contains("BatchLogRecordProcessor", "not counted");
			});
	}

	@Test
	void providersOfTheUserWinAndTheLossIsAFinding() {
		this.runner.withBean("spans", SdkTracerProvider.class, () -> SdkTracerProvider.builder().build())
			.withBean("records", SdkLoggerProvider.class, () -> SdkLoggerProvider.builder().build())
			.withBean("sdk", OpenTelemetry.class, () -> OpenTelemetrySdk.builder().build())
			.run((context) -> {
				assertThat(context).hasSingleBean(SdkTracerProvider.class)
					.hasSingleBean(SdkLoggerProvider.class)
					.hasSingleBean(OpenTelemetry.class);
				assertThat(LibraryBeans.findings(context)).hasSize(3)
					.anyMatch((finding) -> finding.startsWith("spans: "))
					.anyMatch((finding) -> finding.startsWith("records: "))
					.anyMatch((finding) -> finding.startsWith("sdk: "));
			});
	}

	@Test
	void exporterOfALaterAutoConfigurationIsUsedAndNothingIsLost() {
		this.runner.withConfiguration(AutoConfigurations.of(LaterAutoConfiguration.class)).run((context) -> {
			makeSpan(context);
			context.getBean(BatchSpanProcessor.class).forceFlush().join(5, TimeUnit.SECONDS);
			assertThat(context.getBean(CollectingSpanExporter.class).names()).containsExactly("work");
			assertThat(context.getBean(ExportStatistics.class).exported(Signal.TRACES)).isOne();
			assertThat(LibraryBeans.findings(context)).isEmpty();
		});
	}

	@Test
	void spansAndLogRecordsArriveThroughProcessorsOfTheUser() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start(new Class<?>[] { OwnProcessors.class },
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint())) {
			service.get("/hello");
			await().untilAsserted(() -> {
				assertThat(receiver.spans()).anyMatch((span) -> span.getName().equals("GET /hello"));
				assertThat(receiver.logRecords())
					.anyMatch((logRecord) -> logRecord.getBody().getStringValue().equals("Hello"));
			});
		}
	}

	private static void makeSpan(ApplicationContext context) {
		context.getBean(Tracer.class).spanBuilder("work").startSpan().end();
	}

	@AutoConfiguration(after = ExportAutoConfiguration.class)
	static class LaterAutoConfiguration {

		@Bean
		CollectingSpanExporter collectingSpanExporter() {
			return new CollectingSpanExporter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnProcessors {

		@Bean
		SpanProcessor ownSpanProcessor(SpanExporter exporter) {
			return SimpleSpanProcessor.create(exporter);
		}

		@Bean
		BatchSpanProcessor ownBatchSpanProcessor() {
			return BatchSpanProcessor.builder(SpanExporter.composite()).build();
		}

		@Bean
		BatchLogRecordProcessor ownBatchLogRecordProcessor(LogRecordExporter exporter) {
			return BatchLogRecordProcessor.builder(exporter).setScheduleDelay(100, TimeUnit.MILLISECONDS).build();
		}

	}

}
