package io.flowforge.observability.settings;

import java.util.Map;

import io.flowforge.observability.testing.JavaRun;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a service with OpenTelemetry's environment variables says of them.
 */
class OpenTelemetryVariableTests {

	@Test
	void variablesInForceAreFoundAndTheirValuesNotShown() throws Exception {
		JavaRun run = JavaRun.of(Service.class,
				Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-key=hunter2", "OTEL_BSP_MAX_QUEUE_SIZE", "4096",
						"OTEL_BLRP_MAX_QUEUE_SIZE", "4096", "OTEL_NONSENSE", "1"),
				"--spring.application.name=variables");
		assertThat(run.line("OTEL_BSP_MAX_QUEUE_SIZE: ")).contains(" INFO ")
			.contains("it sets management.opentelemetry.tracing.export.max-queue-size");
		assertThat(run.line("OTEL_BLRP_MAX_QUEUE_SIZE: ")).contains(" WARN ")
			.contains("wins over management.opentelemetry.logging.export.max-queue-size");
		assertThat(run.line("OTEL_EXPORTER_OTLP_HEADERS: "))
			.contains("management.opentelemetry.logging.export.otlp.headers")
			.doesNotContain("hunter2");
		assertThat(run.lines()).noneMatch((line) -> line.contains("OTEL_NONSENSE"));
	}

	/**
	 * The service: it ends at once.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Service {

		/**
		 * Run the service.
		 * @param arguments its properties
		 */
		public static void main(String[] arguments) {
			SpringApplication application = new SpringApplication(Service.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			application.setDefaultProperties(Map.of("management.opentelemetry.logging.export.max-queue-size", "1024"));
			application.run(arguments).close();
		}

	}

}
