package io.flowforge.observability.tracing;

import java.util.concurrent.atomic.AtomicInteger;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests to actuator endpoints are measured, not traced.
 */
class SuppressedEndpointsTests {

	private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

	@ParameterizedTest
	@ValueSource(strings = { "", "/" })
	void otherRequestsStayTracedWhereEndpointsHaveNoPathOfTheirOwn(String basePath) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start("flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"management.opentelemetry.tracing.export.schedule-delay=100ms",
						"management.endpoints.web.base-path=" + basePath)) {
			service.send("/hello");
			await().untilAsserted(
					() -> assertThat(receiver.spans()).anyMatch((span) -> span.getName().equals("GET /hello")));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "parent_based_trace_id_ratio", "always_on" })
	void requestsToEndpointsAreMeasuredAndNotTraced(String sampler) {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start("flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"management.opentelemetry.tracing.sampler=" + sampler,
						"management.opentelemetry.tracing.export.schedule-delay=100ms",
						"management.endpoints.web.base-path=/manage", "server.servlet.context-path=/shop",
						"management.endpoints.web.exposure.include=health,prometheus")) {
			service.send("/shop/manage/health");
			service.send("/shop/manage/health", "traceparent", SAMPLED);
			service.send("/shop/manager");
			service.send("/shop/hello");
			await().untilAsserted(
					() -> assertThat(receiver.spans()).anyMatch((span) -> span.getName().contains("/hello")));
			assertThat(receiver.spans()).extracting((span) -> span.getName())
				.containsExactlyInAnyOrder("GET /**", "GET /hello");
			assertThat(service.get("/shop/manage/prometheus")).contains("uri=\"/manage/health\"");
		}
	}

	@Test
	void endpointsBelowThePathOfTheDispatcherServletAreNotTraced() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start("flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"spring.mvc.servlet.path=/api", "management.endpoint.health.probes.add-additional-paths=true",
						"management.endpoint.health.group.deep.include=ping",
						"management.endpoint.health.group.deep.additional-path=server:/deep")) {
			assertThat(service.send("/api/actuator/health").statusCode()).isEqualTo(200);
			assertThat(service.send("/api/readyz").statusCode()).isEqualTo(200);
			assertThat(service.send("/api/deep").statusCode()).isEqualTo(200);
			service.send("/api/hello");
			service.context().close();
			assertThat(receiver.spans()).extracting((span) -> span.getName()).containsExactly("GET /hello");
		}
	}

	@Test
	void healthChecksInTheBackgroundAreNotTraced() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start(new Class<?>[] { Probe.class },
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"flowforge.observability.health.interval=50ms")) {
			await()
				.untilAsserted(() -> assertThat(service.context().getBean(Probe.class).asked).hasValueGreaterThan(3));
			service.send("/hello");
			service.context().close();
			assertThat(receiver.spans()).extracting((span) -> span.getName()).containsExactly("GET /hello");
		}
	}

	@Test
	void errorPageOfAnEndpointIsNotTraced() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start(new Class<?>[] { ObservedErrorPage.class },
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint())) {
			assertThat(service.get("/actuator/missing")).isEqualTo("page");
			service.send("/hello");
			service.context().close();
			assertThat(receiver.spans()).extracting((span) -> span.getName()).containsExactly("GET /hello");
		}
	}

	@RestController
	static class ObservedErrorPage implements ErrorController {

		private final ObservationRegistry registry;

		ObservedErrorPage(ObservationRegistry registry) {
			this.registry = registry;
		}

		@RequestMapping("/error")
		String page() {
			return Observation.createNotStarted("page", this.registry).observe(() -> "page");
		}

	}

	static class Probe implements HealthIndicator {

		private final ObservationRegistry registry;

		private final AtomicInteger asked = new AtomicInteger();

		Probe(ObservationRegistry registry) {
			this.registry = registry;
		}

		@Override
		public Health health() {
			this.asked.incrementAndGet();
			return Observation.createNotStarted("probe", this.registry).observe(() -> Health.up().build());
		}

	}

}
