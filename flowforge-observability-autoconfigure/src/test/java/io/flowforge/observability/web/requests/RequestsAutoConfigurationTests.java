package io.flowforge.observability.web.requests;

import io.flowforge.observability.MetricNames;
import io.flowforge.observability.limits.LimitsAutoConfiguration;
import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.TestService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RequestsAutoConfiguration}.
 */
class RequestsAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(LimitsAutoConfiguration.class,
			RequestsAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void backsOffInAnApplicationWithoutWeb() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> assertThat(context).doesNotHaveBean(RequestMonitor.class));
	}

	@Test
	void customizersBackOffWhenTheirServerIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader("org.apache.catalina"))
			.run((context) -> assertThat(context).doesNotHaveBean("flowforgeTomcatRequestLogCustomizer")
				.hasBean("flowforgeJettyRequestLogCustomizer"));
		this.runner.withClassLoader(new FilteredClassLoader("org.eclipse.jetty"))
			.run((context) -> assertThat(context).doesNotHaveBean("flowforgeJettyRequestLogCustomizer")
				.hasBean("flowforgeTomcatRequestLogCustomizer"));
	}

	@Test
	void countsWhereRequestsAreNotObserved() {
		try (TestService service = TestService.start("flowforge.observability.alerts.latency-p99=60s",
				"management.observations.enable.http.server.requests=false",
				"flowforge.observability.alerts.exclude-routes[/stream]=all")) {
			service.send("/stream");
			service.send("/hello");
			await().untilAsserted(() -> assertThat(service.scrape()).doesNotContain("http_server_requests_seconds")
				.contains("flowforge_http_requests_total{failed=\"false\",slow=\"false\"} 1.0"));
			assertThat(LibraryBeans.findings(service.context())).noneMatch((finding) -> finding.contains("requests"));
		}
	}

	@Test
	void timersHaveNoMarkWhereTheCountersAreSwitchedOff() {
		try (TestService service = TestService.start("management.metrics.enable.flowforge.http.requests=false")) {
			service.send("/hello");
			await().untilAsserted(() -> assertThat(service.scrape()).contains("uri=\"/hello\"")
				.doesNotContain("flowforge_http_requests_total", "starter="));
		}
	}

	@Test
	void saysThatAlertsAreOffWhereTheCountersAreSwitchedOff() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		registry.config().meterFilter(MeterFilter.denyNameStartsWith(MetricNames.HTTP_REQUESTS));
		this.runner.withBean(MeterRegistry.class, () -> registry).run((context) -> {
			context.getBean(RequestMetrics.class).bindTo(registry);
			assertThat(LibraryBeans.findings(context)).singleElement()
				.asString()
				.contains(MetricNames.HTTP_REQUESTS, "alerts about errors and latency are off");
		});
	}

}
