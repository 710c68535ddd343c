package io.flowforge.observability.settings;

import io.flowforge.observability.testing.LibraryBeans;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SettingsAutoConfiguration}.
 */
class SettingsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SettingsAutoConfiguration.class));

	@Test
	void unknownPropertyStopsTheStart() {
		this.runner.withPropertyValues("flowforge.observability.no-such=1")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("no-such"));
	}

	@Test
	void invalidValueStopsTheStart() {
		this.runner.withPropertyValues("flowforge.observability.otlp.endpoint=collector")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void ignoredPropertyOfSpringBootIsAFinding() {
		this.runner.withPropertyValues("management.otlp.tracing.endpoint=http://old:4318")
			.run((context) -> assertThat(LibraryBeans.findings(context)).singleElement()
				.asString()
				.startsWith("management.otlp.tracing.endpoint: "));
	}

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner
			.withPropertyValues("flowforge.observability.enabled=false", "flowforge.observability.no-such=1",
					"flowforge.observability.otlp.endpoint=collector")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void needsNoOptionalLibrary() {
		this.runner
			.withClassLoader(new FilteredClassLoader("io.opentelemetry", "io.micrometer", "ch.qos.logback",
					"jakarta.servlet", "org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(ObservabilityProperties.class));
	}

}
