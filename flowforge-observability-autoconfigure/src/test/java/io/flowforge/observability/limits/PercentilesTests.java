package io.flowforge.observability.limits;

import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A user who asks for percentiles of requests gets them.
 */
@ExtendWith(OutputCaptureExtension.class)
class PercentilesTests {

	private static final String DISTRIBUTION = "management.metrics.distribution.";

	private static final String BUCKET = "http_server_requests_seconds_bucket{";

	private static final String WARNING = "management.metrics.distribution.percentiles: It asks for percentiles";

	@ParameterizedTest
	@ValueSource(strings = { "http.server.requests", "http.server", "all" })
	void percentilesOfTheUserAreThereAndTheLostBucketsAreAFinding(String name, CapturedOutput output) {
		try (TestService service = TestService.start(DISTRIBUTION + "percentiles." + name + "=0.5,0.95")) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(service.scrape())
				.containsPattern("http_server_requests_seconds\\{[^}]*uri=\"/hello\",quantile=\"0.95\"}"));
			assertThat(service.scrape()).doesNotContain(BUCKET);
			await().untilAsserted(() -> assertThat(output).contains(WARNING));
		}
	}

	@Test
	void percentilesOfOtherTimersChangeNothing() {
		try (TestService service = TestService.start(DISTRIBUTION + "percentiles.http.client.requests=0.95")) {
			service.get("/hello");
			await().untilAsserted(() -> assertThat(service.scrape()).contains(BUCKET).contains("le=\"2.0\""));
			assertThat(findings(service)).containsExactly("flowforge.observability.service.team");
		}
	}

	@Test
	void bucketsThatTheUserAsksForAsWellWin() {
		try (TestService service = TestService.start(DISTRIBUTION + "percentiles.http.server.requests=0.95",
				DISTRIBUTION + "slo.http.server.requests=100ms", "flowforge.observability.alerts.latency-p99=700ms")) {
			service.get("/hello");
			await().untilAsserted(
					() -> assertThat(service.scrape()).contains(BUCKET).contains("le=\"0.1\"").contains("le=\"0.7\""));
			assertThat(findings(service)).containsExactly("flowforge.observability.service.team");
		}
	}

	private static Stream<String> findings(TestService service) {
		return service.context()
			.getBeanProvider(Findings.class)
			.stream()
			.flatMap((source) -> source.find().stream())
			.map(Finding::subject);
	}

}
