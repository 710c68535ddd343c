package io.flowforge.observability.tracing;

import java.net.http.HttpResponse;
import java.util.List;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyServletManagementContextAutoConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A management port of its own has neither spans nor trace headers, and no request
 * metrics either, as Spring Boot has it. Its requests do not count.
 */
class ManagementPortTests {

	private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

	@ParameterizedTest
	@EnumSource
	void requestsToTheManagementPortLeaveNoSpans(Container container) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start(new Class<?>[] { container.configuration },
						"spring.autoconfigure.exclude=" + container.other,
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"management.opentelemetry.tracing.export.schedule-delay=100ms", "management.server.port=0",
						"management.server.address=127.0.0.1", "flowforge.observability.web.access-log.requests=all",
						"management.server.base-path=/ops", "management.endpoint.health.group.deep.include=ping",
						"management.endpoint.health.group.deep.additional-path=management:/hello",
						"server.servlet.context-path=/shop", "flowforge.observability.alerts.latency-p99=60s",
						"management.endpoints.web.exposure.include=health,prometheus,observed")) {
			for (String path : List.of("/ops/actuator/observed", "/ops/actuator/health", "/ops/missing")) {
				assertNoTrace(service.sendToManagementPort(path));
				assertNoTrace(service.sendToManagementPort(path, "traceparent", SAMPLED));
			}
			assertThat(service.send("/shop/hello").headers().map()).containsKeys("x-trace-id", "traceresponse");
			await().untilAsserted(
					() -> assertThat(receiver.spans()).extracting((span) -> span.getName()).contains("GET /hello"));
			assertThat(receiver.spans()).extracting((span) -> span.getName()).containsExactly("GET /hello");
			assertThat(service.sendToManagementPort("/ops/actuator/prometheus").body())
				.contains("below_seconds_count{error=\"none\"} 2")
				.containsPattern("http_server_requests_seconds_count\\{.*uri=\"/hello\"")
				.doesNotContain("/actuator/", "uri=\"/**\"");
			await().untilAsserted(() -> assertThat(service.sendToManagementPort("/ops/actuator/prometheus").body())
				.contains("flowforge_http_requests_total{failed=\"false\",slow=\"false\"} 1.0"));
			service.context().close();
			assertThat(receiver.logRecords()).extracting((line) -> line.getBody().getStringValue())
				.filteredOn((line) -> line.startsWith("GET "))
				.hasSize(1)
				.allMatch((line) -> line.startsWith("GET /hello "));
		}
	}

	private static void assertNoTrace(HttpResponse<String> response) {
		assertThat(response.headers().map()).doesNotContainKeys("x-trace-id", "traceresponse");
	}

	private enum Container {

		TOMCAT(TomcatServer.class, JettyServletManagementContextAutoConfiguration.class),

		JETTY(JettyServer.class, TomcatServletManagementContextAutoConfiguration.class);

		private final Class<?> configuration;

		private final String other;

		Container(Class<?> configuration, Class<?> other) {
			this.configuration = configuration;
			this.other = other.getName();
		}

	}

	@Endpoint(id = "observed")
	static class ObservedEndpoint {

		private final ObservationRegistry registry;

		ObservedEndpoint(ObservationRegistry registry) {
			this.registry = registry;
		}

		@ReadOperation
		String read() {
			return Observation.createNotStarted("below", this.registry).observe(() -> "observed");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ObservedEndpoint.class)
	static class TomcatServer {

		@Bean
		TomcatServletWebServerFactory webServer() {
			return new TomcatServletWebServerFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ObservedEndpoint.class)
	static class JettyServer {

		@Bean
		JettyServletWebServerFactory webServer() {
			return new JettyServletWebServerFactory();
		}

	}

}
