package io.flowforge.observability.identity;

import java.util.Map;

import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.sdk.resources.Resource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A scrape says which environment the traces and logs of the service carry, whatever
 * decided it.
 */
class ServiceEnvironmentTests {

	@Test
	void propertyOfOurs() {
		assertScraped("staging", "flowforge.observability.service.environment=staging",
				"management.opentelemetry.resource-attributes[deployment.environment.name]=production");
	}

	@Test
	void resourceAttribute() {
		assertScraped("production", "spring.profiles.active=local",
				"management.opentelemetry.resource-attributes[deployment.environment.name]=production");
	}

	@Test
	void profile() {
		assertScraped("local", "spring.profiles.active=local,demo");
	}

	@Test
	void defaultName() {
		assertScraped("default");
	}

	@Test
	void variableOfOpenTelemetry() throws Exception {
		JavaRun run = JavaRun.of(Scraped.class,
				Map.of("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=production"));
		assertThat(run.line("flowforge_service_environment{"))
			.endsWith("{name=\"production\",service_name=\"test-service\"} 1.0");
	}

	// And what is scraped is what arrives.
	@Test
	void resourceOfTheServicesOwn() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start(new Class<?>[] { OwnResource.class },
						"flowforge.observability.service.environment=staging",
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"management.opentelemetry.tracing.export.schedule-delay=100ms")) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(receiver.spans()).isNotEmpty());
			assertThat(receiver.resources().get(0).getAttributesList())
				.filteredOn((attribute) -> attribute.getKey().equals("deployment.environment.name"))
				.extracting(KeyValue::getValue)
				.extracting((value) -> value.getStringValue())
				.containsExactly("own");
			assertThat(service.scrape())
				.contains("flowforge_service_environment{name=\"own\",service_name=\"\"} 1.0\n");
		}
	}

	private static void assertScraped(String environment, String... properties) {
		try (TestService service = TestService.start(properties)) {
			assertThat(service.scrape())
				.contains("\nflowforge_service_environment{name=\"%s\",service_name=\"test-service\"} 1.0\n"
					.formatted(environment))
				.containsOnlyOnce("\nflowforge_service_environment{");
		}
	}

	/**
	 * A service that logs what a scrape of it says of its environment, and ends.
	 */
	public static class Scraped {

		/**
		 * Run the service.
		 * @param arguments its properties
		 */
		public static void main(String[] arguments) {
			try (TestService service = TestService.start(arguments)) {
				service.scrape()
					.lines()
					.filter((line) -> line.startsWith("flowforge_service_environment{"))
					.forEach(LoggerFactory.getLogger(Scraped.class)::info);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnResource {

		@Bean
		Resource ownResource() {
			return Resource.builder().put(AttributeKey.stringKey("deployment.environment.name"), "own").build();
		}

	}

}
