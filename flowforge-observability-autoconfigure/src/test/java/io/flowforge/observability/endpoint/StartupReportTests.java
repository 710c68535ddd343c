package io.flowforge.observability.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.testing.JavaRun;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyServletManagementContextAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a service logs about its observability when it has started.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupReportTests {

	private static final String OWNED = "flowforge.observability.service.team=checkout";

	private static final String WARNING = " WARN ";

	@Test
	void oneLineSaysWhoTheServiceIsAndWhereItsTelemetryGoes(CapturedOutput output) {
		try (TestService service = TestService.start(OWNED, "flowforge.observability.service.environment=staging",
				"flowforge.observability.otlp.endpoint=http://user:hunter2@127.0.0.1:1")) {
			assertThat(reports(output)).singleElement()
				.asString()
				.contains(" INFO ")
				.containsPattern("FlowForge Observability \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?: ")
				.contains(": service test-service, environment staging, team checkout. "
						+ "Traces: http://127.0.0.1:1/v1/traces. Logs: http://127.0.0.1:1/v1/logs. "
						+ "Metrics: port %s, path /actuator/prometheus.".formatted(port(service, "server")))
				.doesNotContain("hunter2");
		}
	}

	@Test
	void metricsAreWhereTheLineSaysOnThePortOfTheService(CapturedOutput output) {
		try (TestService service = TestService.start(OWNED, "server.servlet.context-path=/shop",
				"spring.mvc.servlet.path=/api", "management.endpoints.web.path-mapping.prometheus=metrics")) {
			assertThat(reports(output)).singleElement()
				.asString()
				.contains("Metrics: port %s, path /shop/api/actuator/metrics.".formatted(port(service, "server")));
			assertThat(service.get("/shop/api/actuator/metrics")).contains("flowforge_service_info");
		}
	}

	@Test
	void metricsAreWhereTheLineSaysOnAPortOfTheirOwn(CapturedOutput output) {
		try (TestService service = TestService.start(OWNED, "server.servlet.context-path=/shop",
				"spring.autoconfigure.exclude=" + JettyServletManagementContextAutoConfiguration.class.getName(),
				"management.server.port=0", "management.server.address=127.0.0.1", "management.server.base-path=/admin",
				"management.endpoints.web.base-path=/")) {
			assertThat(reports(output)).singleElement()
				.asString()
				.contains("Metrics: port %s, path /admin/prometheus.".formatted(port(service, "management")));
			assertThat(service.sendToManagementPort("/admin/prometheus").body()).contains("flowforge_service_info");
		}
	}

	@Test
	void whatIsOffIsCalledThat(CapturedOutput output) {
		try (TestService service = TestService.start("management.tracing.export.enabled=false",
				"management.logging.export.enabled=false", "management.endpoints.web.exposure.include=health")) {
			assertThat(service.get("/hello")).isEqualTo("hello");
			assertThat(reports(output)).singleElement()
				.asString()
				.contains("team unowned. Traces: not exported. Logs: not exported. Metrics: not exposed.");
		}
		try (TestService service = TestService.start("management.opentelemetry.enabled=false",
				"management.server.port=-1")) {
			assertThat(service.get("/hello")).isEqualTo("hello");
			assertThat(reports(output)).last()
				.asString()
				.contains("Traces: not exported. Logs: not exported. Metrics: not exposed.");
		}
	}

	@Test
	void eachFindingIsOneWarning(CapturedOutput output) {
		try (TestService service = TestService.start(new Class<?>[] { OwnFindings.class })) {
			assertThat(service.get("/hello")).isEqualTo("hello");
			await().untilAsserted(() -> assertThat(output).contains("own.property: A finding of its own.")
				.contains("flowforge.observability.service.team: No team is set")
				.contains("cannot be read"));
			assertThat(output.toString().lines().filter((line) -> line.contains("own.property: "))).singleElement()
				.asString()
				.contains(WARNING);
			assertThat(output.toString().lines().filter((line) -> line.contains("service.team: "))).singleElement()
				.asString()
				.contains(WARNING);
		}
	}

	@Test
	void startDoesNotWaitForFindingsAndNeitherDoesTheEnd(CapturedOutput output) {
		long start = System.nanoTime();
		try (TestService service = TestService.start(new Class<?>[] { HangingFindings.class }, OWNED)) {
			assertThat(service.get("/hello")).isEqualTo("hello");
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		assertThat(reports(output)).hasSize(1);
		HangingFindings.RELEASE.countDown();
	}

	@Test
	void jobThatEndsAtOnceLogsItsFindings() throws Exception {
		JavaRun run = JavaRun.of(Job.class, Map.of());
		assertThat(run.messages()).anyMatch((message) -> message.contains("service test-service, "))
			.anyMatch((message) -> message.startsWith("flowforge.observability.service.team: No team is set"));
	}

	@Test
	void nothingIsLoggedWhenTheLibraryIsOff(CapturedOutput output) {
		try (TestService service = TestService.start("flowforge.observability.enabled=false")) {
			assertThat(service.context().getBeansOfType(StartupReport.class)).isEmpty();
			assertThat(output).doesNotContain("FlowForge Observability");
		}
	}

	private static List<String> reports(CapturedOutput output) {
		Pattern report = Pattern.compile("FlowForge Observability [^:]+: service ");
		return output.toString().lines().filter((line) -> report.matcher(line).find()).toList();
	}

	private static String port(TestService service, String name) {
		return service.context().getEnvironment().getRequiredProperty("local." + name + ".port");
	}

	/**
	 * A job that ends at once.
	 */
	public static class Job {

		/**
		 * Run the job.
		 * @param arguments its properties
		 */
		public static void main(String[] arguments) {
			TestService.start("spring.main.web-application-type=none").close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFindings {

		@Bean
		Findings ownFindings() {
			return () -> List.of(new Finding("own.property", "A finding of its own."),
					new Finding("own.property", "A finding of its own."));
		}

		@Bean
		Findings failingFindings() {
			return () -> {
				throw new IllegalStateException("These findings fail");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HangingFindings {

		static final CountDownLatch RELEASE = new CountDownLatch(1);

		@Bean
		Findings hangingFindings() {
			return () -> {
				try {
					RELEASE.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				return List.of();
			};
		}

	}

}
