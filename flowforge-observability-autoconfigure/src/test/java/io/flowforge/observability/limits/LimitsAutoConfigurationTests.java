package io.flowforge.observability.limits;

import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.TestService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LimitsAutoConfiguration}.
 */
class LimitsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LimitsAutoConfiguration.class));

	@Test
	void limitsAreMetricsAndABucket() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(AlertThresholdMetrics.class)
			.hasSingleBean(LatencyBucketsFilter.class)
			.hasSingleBean(AlertsProperties.class));
	}

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void keepsTheLimitsWhenMicrometerIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class.getPackageName()))
			.run((context) -> assertThat(context).hasSingleBean(AlertsProperties.class)
				.doesNotHaveBean(AlertThresholdMetrics.class)
				.doesNotHaveBean(LatencyBucketsFilter.class));
	}

	@Test
	void bucketBacksOffWhenObservationsAreMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(ObservationProperties.class))
			.run((context) -> assertThat(context).hasSingleBean(AlertThresholdMetrics.class)
				.doesNotHaveBean(LatencyBucketsFilter.class));
	}

	@Test
	void filterOfTheUserIsAppliedToo() {
		try (TestService service = TestService.start(new Class<?>[] { OwnFilter.class },
				"flowforge.observability.alerts.latency-p99=1234ms")) {
			service.get("/hello");
			assertThat(service.scrape()).contains("flowforge_alert_threshold{")
				.containsPattern("http_server_requests_seconds_bucket\\{[^}]*region=\"north\"[^}]*le=\"1.234\"");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilter {

		@Bean
		MeterFilter latencyBucketsFilter() {
			return MeterFilter.commonTags(Tags.of("region", "north"));
		}

	}

}
