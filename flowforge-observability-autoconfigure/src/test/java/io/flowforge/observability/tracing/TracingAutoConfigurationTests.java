package io.flowforge.observability.tracing;

import java.util.concurrent.TimeUnit;

import io.flowforge.observability.export.ExportAutoConfiguration;
import io.flowforge.observability.limits.LimitsAutoConfiguration;
import io.flowforge.observability.testing.CollectingSpanExporter;
import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.tracing.sampling.TailSamplingSpanProcessor;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TracingAutoConfiguration}.
 */
class TracingAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class, ExportAutoConfiguration.class,
				LimitsAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
				PrometheusExemplarsAutoConfiguration.class))
		.withPropertyValues("management.tracing.sampling.probability=0");

	@Test
	void tracesOfFailedWorkAreExported() {
		this.runner.withUserConfiguration(OwnExporter.class).run((context) -> {
			assertThat(exported(context)).containsExactly("failed");
			assertThat(LibraryBeans.findings(context)).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "flowforge.observability.enabled=false", "management.opentelemetry.enabled=false" })
	void backsOffWhenTurnedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SuppressedEndpointsFilter.class)
				.doesNotHaveBean(TailSamplingSpanProcessor.class)
				.doesNotHaveBean(SdkTracerProviderBuilderCustomizer.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "flowforge.observability.tracing.tail-sampling.enabled=false",
			"management.opentelemetry.tracing.export.include-unsampled=true" })
	void tailSamplingBacksOffWhenTurnedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TailSamplingSpanProcessor.class)
				.hasSingleBean(SdkTracerProviderBuilderCustomizer.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.opentelemetry.sdk", "io.micrometer.tracing.otel.bridge.OtelTracer",
			"org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer" })
	void backsOffWhenALibraryIsMissing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("flowforgeSamplerCustomizer")
				.doesNotHaveBean("flowforgeSuppressedEndpointsFilter"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.opentelemetry.sdk.logs", "io.opentelemetry.sdk.metrics", "io.micrometer.core",
			"io.prometheus", "org.springframework.boot.web.servlet.FilterRegistrationBean" })
	void tracesOfFailedWorkAreExportedWhenALibraryIsMissing(String packageName) {
		this.runner.withUserConfiguration(OwnExporter.class)
			.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(exported(context)).containsExactly("failed"));
	}

	@Test
	void tracesOfFailedWorkAreExportedWhenExportAutoConfigurationIsExcluded() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class, LimitsAutoConfiguration.class,
					OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class))
			.withPropertyValues("management.tracing.sampling.probability=0")
			.withUserConfiguration(OwnExporter.class)
			.run((context) -> assertThat(exported(context)).containsExactly("failed"));
	}

	@Test
	void exporterOfALaterAutoConfigurationGetsTracesOfFailedWork() {
		this.runner.withConfiguration(AutoConfigurations.of(LaterAutoConfiguration.class))
			.run((context) -> assertThat(exported(context)).containsExactly("failed"));
	}

	@Test
	void spansAreNotRecordedWithoutExporter() {
		this.runner
			.run((context) -> assertThat(context.getBean(Tracer.class).spanBuilder("work").startSpan().isRecording())
				.isFalse());
	}

	@Test
	void eachSpanProcessorOfTheUserGetsTracesOfFailedWork() {
		this.runner.withUserConfiguration(OwnExporter.class, TwoProcessors.class)
			.run((context) -> assertThat(exported(context)).containsExactly("failed", "failed"));
	}

	@Test
	void samplerOfTheUserIsRespectedAndNothingIsLost() {
		this.runner.withUserConfiguration(OwnExporter.class)
			.withBean("otelSampler", Sampler.class, Sampler::alwaysOn)
			.run((context) -> {
				assertThat(exported(context)).containsExactly("succeeded", "failed");
				assertThat(LibraryBeans.findings(context)).isEmpty();
			});
	}

	@Test
	void samplerOfACustomizerWinsAndTheLossIsAFinding() {
		this.runner.withUserConfiguration(OwnExporter.class)
			.withBean(SdkTracerProviderBuilderCustomizer.class,
					() -> (builder) -> builder.setSampler(Sampler.alwaysOff()))
			.run((context) -> {
				assertThat(exported(context)).isEmpty();
				assertThat(LibraryBeans.findings(context)).singleElement()
					.asString()
					.contains("sets the sampler", "requests to actuator endpoints have spans");
			});
	}

	@Test
	void tracerProviderOfTheUserWinsAndTheLossIsAFinding() {
		this.runner.withBean("theirs", SdkTracerProvider.class, () -> SdkTracerProvider.builder().build())
			.run((context) -> assertThat(LibraryBeans.findings(context))
				.anyMatch((finding) -> finding.startsWith("theirs: "))
				.anyMatch((finding) -> finding.contains("sets the sampler")));
	}

	@Test
	void exemplarsOfTheUserWinAndTheLossIsAFinding() {
		SpanContext theirs = new NoExemplars();
		this.runner.withBean("theirs", SpanContext.class, () -> theirs).run((context) -> {
			assertThat(context.getBean(SpanContext.class)).isSameAs(theirs);
			assertThat(LibraryBeans.findings(context)).singleElement()
				.asString()
				.startsWith("theirs: ")
				.contains("no exemplar");
		});
	}

	@Test
	@SuppressWarnings("try")
	void suppressedWorkHasNoSpansWithASamplerOfTheUser() {
		this.runner.withUserConfiguration(OwnExporter.class)
			.withBean("otelSampler", Sampler.class, Sampler::alwaysOn)
			.run((context) -> {
				try (Scope scope = SuppressedTracing.suppress(Context.root()).makeCurrent()) {
					assertThat(exported(context)).isEmpty();
				}
			});
	}

	private static Iterable<String> exported(ApplicationContext context) {
		Tracer tracer = context.getBean(Tracer.class);
		tracer.spanBuilder("succeeded").startSpan().end();
		tracer.spanBuilder("failed").startSpan().setStatus(StatusCode.ERROR).end();
		context.getBeanProvider(BatchSpanProcessor.class)
			.forEach((processor) -> processor.forceFlush().join(5, TimeUnit.SECONDS));
		return context.getBean(CollectingSpanExporter.class).names();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExporter {

		@Bean
		CollectingSpanExporter collectingSpanExporter() {
			return new CollectingSpanExporter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoProcessors {

		@Bean
		BatchSpanProcessor first(SpanExporter exporter) {
			return BatchSpanProcessor.builder(exporter).build();
		}

		@Bean
		BatchSpanProcessor second(SpanExporter exporter) {
			return BatchSpanProcessor.builder(exporter).build();
		}

	}

	@AutoConfiguration(after = TracingAutoConfiguration.class)
	static class LaterAutoConfiguration {

		@Bean
		CollectingSpanExporter collectingSpanExporter() {
			return new CollectingSpanExporter();
		}

	}

	static class NoExemplars implements SpanContext {

		@Override
		public String getCurrentTraceId() {
			return "";
		}

		@Override
		public String getCurrentSpanId() {
			return "";
		}

		@Override
		public boolean isCurrentSpanSampled() {
			return false;
		}

		@Override
		public void markCurrentSpanAsExemplar() {
		}

	}

}
