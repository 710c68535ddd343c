package io.flowforge.observability.web;

import java.net.http.HttpResponse;

import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.TestService;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebAutoConfiguration}.
 */
class WebAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(WebAutoConfiguration.class,
			ObservationAutoConfiguration.class, WebMvcObservationAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	@Test
	void replacesTheFilterOfSpringBoot() {
		this.runner.run((context) -> assertThat(context.getBeansOfType(FilterRegistrationBean.class)).containsOnlyKeys(
				"flowforgeObservationFilter", "flowforgeErrorLogCorrelationFilter", "flowforgeTraceHeadersFilter"));
	}

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false").run((context) -> {
			assertThat(LibraryBeans.in(context)).isEmpty();
			assertThat(context).hasBean("webMvcObservationFilter");
		});
	}

	@Test
	void backsOffInAnApplicationWithoutWeb() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.web.filter", "io.micrometer.tracing", "org.slf4j" })
	void backsOffWhenALibraryIsMissing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void customizersBackOffWhenTheirServerIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader("org.apache.catalina"))
			.run((context) -> assertThat(context).doesNotHaveBean("flowforgeTomcatLoggingContextCustomizer")
				.hasBean("flowforgeJettyLoggingContextCustomizer"));
		this.runner.withClassLoader(new FilteredClassLoader("org.eclipse.jetty"))
			.run((context) -> assertThat(context).doesNotHaveBean("flowforgeJettyLoggingContextCustomizer")
				.hasBean("flowforgeTomcatLoggingContextCustomizer"));
	}

	@Test
	void findingBacksOffWhenOpenTelemetryIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader("io.opentelemetry"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LoggingContextFindings.class)
				.hasBean("flowforgeObservationFilter"));
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnFilter.class, OwnFilterRegistration.class })
	void filterOfTheUserWinsAndTheLossIsAFinding(Class<?> configuration) {
		try (TestService service = TestService.start(new Class<?>[] { configuration })) {
			HttpResponse<String> response = service.send("/hello");
			assertThat(response.body()).isEqualTo("hello");
			assertThat(response.headers().firstValue("X-Trace-Id")).isEmpty();
			assertThat(service.scrape()).contains("http_server_requests_seconds_count{");
			assertThat(LibraryBeans.findings(service.context()))
				.filteredOn((finding) -> finding.startsWith("webMvcObservationFilter: "))
				.singleElement()
				.asString()
				.contains("Responses have no trace id");
		}
	}

	@Test
	void keysOfTheUserInTheLoggingContextAreAFinding() {
		try (TestService service = TestService.start(new Class<?>[] { OwnKeys.class })) {
			service.get("/hello");
			assertThat(LibraryBeans.findings(service.context()))
				.filteredOn((finding) -> finding.startsWith("Slf4JEventListener: "))
				.singleElement()
				.asString()
				.contains("as trace_id and span_id", "as traceId and spanId");
			assertThat(MDC.getCopyOfContextMap()).as("what the finding leaves behind").isNullOrEmpty();
		}
		try (TestService service = TestService.start()) {
			assertThat(LibraryBeans.findings(service.context()))
				.noneMatch((finding) -> finding.startsWith("Slf4JEventListener: "));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilter {

		@Bean
		ServerHttpObservationFilter webMvcObservationFilter(ObservationRegistry registry) {
			return new ServerHttpObservationFilter(registry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilterRegistration {

		@Bean
		FilterRegistrationBean<ServerHttpObservationFilter> webMvcObservationFilter(ObservationRegistry registry) {
			return new FilterRegistrationBean<>(new ServerHttpObservationFilter(registry));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnKeys {

		@Bean
		Slf4JEventListener otelSlf4JEventListener() {
			return new Slf4JEventListener("trace_id", "span_id");
		}

	}

}
