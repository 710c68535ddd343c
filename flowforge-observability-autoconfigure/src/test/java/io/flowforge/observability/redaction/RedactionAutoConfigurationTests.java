package io.flowforge.observability.redaction;

import io.flowforge.observability.testing.LibraryBeans;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedactionAutoConfiguration}.
 */
class RedactionAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RedactionAutoConfiguration.class));

	@Test
	void missingDefaultKeysAreAFinding() {
		this.runner.withPropertyValues("flowforge.observability.redaction.keys=password,iban")
			.run((context) -> assertThat(LibraryBeans.findings(context)).singleElement()
				.asString()
				.contains("authorization, cookie, token, secret, api-key"));
	}

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void needsNeitherLogbackNorOpenTelemetry() {
		this.runner.withClassLoader(new FilteredClassLoader("ch.qos.logback", "io.opentelemetry"))
			.run((context) -> assertThat(context).hasSingleBean(RedactionProperties.class)
				.hasSingleBean(RedactionFindings.class));
	}

}
