package io.flowforge.observability.identity.name;

import java.util.List;
import java.util.Map;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.sdk.resources.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * A service has one name, whatever gives it one.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServiceNameTests {

	private static final String APPLICATION = "spring.application.name=orders";

	private static final String PROPERTY = "management.opentelemetry.resource-attributes[service.name]";

	@ParameterizedTest
	@CsvSource({ "OTEL_SERVICE_NAME, checkout, OTEL_SERVICE_NAME",
			"OTEL_RESOURCE_ATTRIBUTES, service.name=checkout, service.name in OTEL_RESOURCE_ATTRIBUTES" })
	void variableWithAnotherNameIsRefused(String variable, String value, String origin) throws Exception {
		JavaRun run = JavaRun.of(Named.class, Map.of(variable, value), APPLICATION);
		assertThat(run.lines()).map(String::strip)
			.contains("APPLICATION FAILED TO START",
					"The service has two names: spring.application.name is \"orders\", but " + origin
							+ " is \"checkout\".",
					"Set both to the same name, or remove " + origin
							+ ": traces and logs then use spring.application.name, too.");
	}

	@Test
	void propertyWithAnotherNameIsRefused(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> TestService.run(new Class<?>[0], APPLICATION, PROPERTY + "=checkout").close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("spring.application.name is \"orders\", but "
					+ "management.opentelemetry.resource-attributes.service.name is \"checkout\".")
			.doesNotContain("at io.flowforge");
	}

	@Test
	void sameNameTwiceIsFine() throws Exception {
		JavaRun run = JavaRun.of(Named.class, Map.of("OTEL_SERVICE_NAME", "orders"), APPLICATION);
		assertThat(run.lines()).contains("orders, orders, orders");
	}

	@ParameterizedTest
	@CsvSource({ "OTEL_SERVICE_NAME, checkout", "OTEL_RESOURCE_ATTRIBUTES, service.name=checkout" })
	void variableNamesAnApplicationThatHasNoName(String variable, String value) throws Exception {
		JavaRun run = JavaRun.of(Named.class, Map.of(variable, value));
		assertThat(run.lines()).contains("checkout, checkout, checkout");
	}

	@Test
	void variableNamesNoApplicationWhenTheLibraryIsOff() throws Exception {
		JavaRun run = JavaRun.of(Named.class, Map.of("OTEL_SERVICE_NAME", "checkout"),
				"flowforge.observability.enabled=false");
		assertThat(run.lines()).contains("null, null, checkout");
	}

	@Test
	void identityOfTheServicesOwnNamesItsTelemetryToo() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start(new Class<?>[] { OwnIdentity.class },
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"management.opentelemetry.tracing.export.schedule-delay=100ms")) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(receiver.spans()).isNotEmpty());
			assertThat(receiver.resources().get(0).getAttributesList())
				.filteredOn((attribute) -> attribute.getKey().equals("service.name"))
				.extracting(KeyValue::getValue)
				.extracting((value) -> value.getStringValue())
				.containsExactly("own");
		}
	}

	@Test
	void resourceOfTheServicesOwnWithAnotherNameIsFound(CapturedOutput output) {
		try (TestService service = TestService.start(new Class<?>[] { OwnResource.class })) {
			assertThat(service.get("/hello")).isEqualTo("hello");
			await().untilAsserted(() -> assertThat(output)
				.contains("service.name: The Resource bean of this service has the service.name \"other\", "
						+ "but the service is called \"test-service\""));
		}
	}

	/**
	 * A service that prints what its identity, its application and its telemetry are
	 * called, and ends.
	 */
	public static class Named {

		/**
		 * Run the service.
		 * @param arguments its properties
		 */
		public static void main(String[] arguments) {
			try (ConfigurableApplicationContext context = TestService.run(new Class<?>[0], arguments)) {
				String identity = context.getBeanProvider(ServiceIdentity.class)
					.stream()
					.map(ServiceIdentity::application)
					.findAny()
					.orElse(null);
				List<String> telemetry = context.getBean(Resource.class)
					.getAttributes()
					.asMap()
					.entrySet()
					.stream()
					.filter((attribute) -> attribute.getKey().getKey().equals("service.name"))
					.map((attribute) -> attribute.getValue().toString())
					.toList();
				System.out.println(identity + ", " + context.getEnvironment().getProperty("spring.application.name")
						+ ", " + String.join(" and ", telemetry));
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnIdentity {

		@Bean
		ServiceIdentity ownIdentity() {
			return new ServiceIdentity("own", "test", "checkout", null, "1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnResource {

		@Bean
		Resource ownResource() {
			return Resource.builder().put("service.name", "other").build();
		}

	}

}
