package io.flowforge.observability.identity.name;

import io.flowforge.observability.identity.IdentityAutoConfiguration;
import io.flowforge.observability.testing.LibraryBeans;
import io.opentelemetry.sdk.resources.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceNameAutoConfiguration}.
 */
class ServiceNameAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IdentityAutoConfiguration.class, ServiceNameAutoConfiguration.class));

	@Test
	void refusesAServiceWithoutAName() {
		this.runner
			.run((context) -> assertThat(context).hasFailed().getFailure().isInstanceOf(ServiceNameException.class));
	}

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.opentelemetry", "org.springframework.boot.opentelemetry" })
	void checkDoesNotNeedOpenTelemetry(String packageName) {
		ApplicationContextRunner without = this.runner.withClassLoader(new FilteredClassLoader(packageName));
		without.run((context) -> assertThat(context).hasFailed());
		without.withPropertyValues("spring.application.name=orders")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("flowforgeServiceNameFindings"));
	}

	@Test
	void resourceOfTheUserWithoutTheNameIsAFinding() {
		this.runner
			.withPropertyValues("spring.application.name=orders", "flowforge.observability.service.team=checkout")
			.withBean("openTelemetryResource", Resource.class, Resource::empty)
			.run((context) -> assertThat(LibraryBeans.findings(context))
				.anyMatch((finding) -> finding.contains("has no service.name")));
	}

}
