package io.flowforge.observability.integration;

import io.flowforge.observability.testing.OtlpReceiver;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The starter alone brings all that a service needs.
 */
class StarterTests {

	@Test
	void requestIsTracedAndMeasured() {
		try (OtlpReceiver receiver = OtlpReceiver.start();
				TestService service = TestService.start("flowforge.observability.otlp.endpoint=" + receiver.endpoint(),
						"management.opentelemetry.tracing.export.schedule-delay=100ms")) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(receiver.spans()).extracting((span) -> span.getName())
				.containsExactly("http get /hello"));
			assertThat(service.scrape()).contains("http_server_requests_seconds_bucket", "flowforge_service_info");
		}
	}

}
