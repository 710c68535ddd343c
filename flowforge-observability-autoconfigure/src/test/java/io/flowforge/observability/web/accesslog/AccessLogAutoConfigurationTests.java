package io.flowforge.observability.web.accesslog;

import io.flowforge.observability.testing.LibraryBeans;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AccessLogAutoConfiguration}.
 */
class AccessLogAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations
		.of(AccessLogAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withBean(ObservationRegistry.class, ObservationRegistry::create);

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void backsOffInAnApplicationWithoutWeb() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.web.filter", "io.micrometer.tracing", "org.slf4j" })
	void backsOffWhenALibraryIsMissing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

}
