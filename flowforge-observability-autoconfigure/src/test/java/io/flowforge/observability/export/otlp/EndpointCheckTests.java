package io.flowforge.observability.export.otlp;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An endpoint that no exporter can send to stops the start with a sentence, whether the
 * property is Spring Boot's or this library's.
 */
@ExtendWith(OutputCaptureExtension.class)
class EndpointCheckTests {

	private static final String OURS = "flowforge.observability.otlp.endpoint";

	private static final String TRACING = "management.opentelemetry.tracing.export.otlp.endpoint";

	private static final String LOGGING = "management.opentelemetry.logging.export.otlp.endpoint";

	@ParameterizedTest
	@CsvSource({ OURS + ", http://collector:port", OURS + ", 'http://collector:4318 '", OURS + ", ' http://collector'",
			OURS + ", http://collector:99999", OURS + ", 'http://col lector:4318'", OURS + ", http://",
			TRACING + ", http://collector:port/v1/traces", TRACING + ", 'http://collector:4318/v1/traces '",
			TRACING + ", collector:4318", LOGGING + ", http://collector:port/v1/logs",
			LOGGING + ", ' http://collector:4318/v1/logs'", LOGGING + ", ftp://collector/v1/logs" })
	void unusableEndpointIsRefused(String property, String value, CapturedOutput output) {
		assertThatException().isThrownBy(() -> TestService.start(property + "=" + value).close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(property + " is \"" + value + "\" (set in \"" + property + "\" from property source")
			.contains("Set " + property + " to an http:// or https:// address, such as http://collector:4318")
			.doesNotContain("\tat ")
			.doesNotContain("Tomcat started");
	}

	@Test
	void passwordIsNotShown(CapturedOutput output) {
		assertThatException().isThrownBy(() -> TestService.start(OURS + "=http://user:hunter2@collector:port").close());
		assertThat(output).contains(OURS + " is \"http://collector:port\"").doesNotContain("hunter2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://otel_collector:4318", "http://[::1]:4318", "https://user:p@ss@collector/otlp" })
	void unusualEndpointIsTaken(String endpoint) {
		TestService.start(OURS + "=" + endpoint, "management.logging.export.enabled=false").close();
	}

	@Test
	void endpointThatIsNotUsedIsNotChecked() {
		TestService.start(TRACING + "=none", "management.tracing.export.otlp.enabled=false", LOGGING + "=false")
			.close();
	}

	@Test
	void endpointOfConnectionDetailsTakesThePlaceOfTheProperty() {
		TestService.start(new Class<?>[] { Container.class }, TRACING + "=none").close();
	}

	@Configuration(proxyBeanMethods = false)
	static class Container {

		@Bean
		OtlpTracingConnectionDetails container() {
			return (transport) -> "http://localhost:4318/v1/traces";
		}

	}

}
