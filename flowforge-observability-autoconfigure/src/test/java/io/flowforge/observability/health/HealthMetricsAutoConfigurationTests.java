package io.flowforge.observability.health;

import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.TestService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.DefaultHealthContributorRegistry;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link HealthMetricsAutoConfiguration}.
 */
class HealthMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HealthMetricsAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, MetricsAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));

	private final ApplicationContextRunner withoutMetrics = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HealthMetricsAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class));

	@Test
	void healthIsPolled() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(HealthPoller.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "flowforge.observability.enabled=false", "flowforge.observability.health.enabled=false" })
	void backsOffWhenTurnedOff(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.health", "io.micrometer.core" })
	void backsOffWhenALibraryIsMissing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void backsOffWhenTheMetricsOfSpringBootAreMissing() {
		this.withoutMetrics.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasSingleBean(HealthPoller.class));
		this.withoutMetrics.withBean(SimpleMeterRegistry.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.micrometer.metrics"))
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void backsOffWithoutMeterRegistry() {
		this.withoutMetrics.run((context) -> assertThat(context).doesNotHaveBean(MeterRegistry.class)
			.doesNotHaveBean(HealthPoller.class));
	}

	@Test
	void registryOfTheUserIsPolled() {
		try (TestService service = TestService.start(new Class<?>[] { OwnRegistry.class })) {
			await().untilAsserted(
					() -> assertThat(service.scrape()).contains("flowforge_health_up{component=\"own\"} 0.0\n"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistry {

		@Bean
		HealthContributorRegistry healthPoller() {
			HealthIndicator down = () -> Health.down().build();
			DefaultHealthContributorRegistry registry = new DefaultHealthContributorRegistry();
			registry.registerContributor("own", down);
			return registry;
		}

	}

}
