package io.flowforge.observability.tracing;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests to actuator endpoints are measured, not traced.
 */
class UntracedEndpointsTests {

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
					() -> assertThat(receiver.spans()).anyMatch((span) -> span.getName().equals("http get /hello")));
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
				.containsExactlyInAnyOrder("http get /**", "http get /hello");
			assertThat(service.get("/shop/manage/prometheus")).contains("uri=\"/manage/health\"");
		}
	}

}
