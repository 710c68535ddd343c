package io.flowforge.observability;

import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With {@code spring.main.lazy-initialization} beans are created when they are needed:
 * what a service observes is the same.
 */
class LazyInitializationTests {

	@Test
	void everythingIsObserved() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start("spring.main.lazy-initialization=true",
						"flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"flowforge.observability.service.team=checkout",
						"flowforge.observability.alerts.latency-p99=1234ms",
						"management.tracing.sampling.probability=0",
						"management.opentelemetry.tracing.export.schedule-delay=100ms",
						"management.opentelemetry.logging.export.schedule-delay=100ms")) {
			assertThat(service.scrape()).contains("flowforge_http_requests_total{failed=\"true\",slow=\"false\"} 0.0");
			assertThat(service.send("/hello").headers().firstValue("X-Trace-Id")).isPresent();
			service.get("/fail");
			await().untilAsserted(() -> {
				assertThat(receiver.spans()).extracting((span) -> span.getName()).containsOnly("GET /fail");
				assertThat(receiver.logRecords()).extracting((line) -> line.getBody().getStringValue())
					.contains("Hello")
					.anyMatch((line) -> line.startsWith("Started "))
					.anyMatch((line) -> line.startsWith("GET /fail 500 "));
			});
			await().untilAsserted(() -> assertThat(service.scrape()).contains("flowforge_service_info{",
					"flowforge_alert_threshold{", "flowforge_telemetry_queue_size{signal=\"traces\"} 0.0",
					"flowforge_traces_kept_total 1.0", "le=\"1.234\"", "flowforge_health_up{component=\"ping\"} 1.0"));
			assertThat(LibraryBeans.findings(service.context())).isEmpty();
		}
	}

}
