package io.flowforge.observability;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus reads is what the rules are written for.
 */
class ScrapeTests {

	@Test
	void limitsAndOwnerOfTheService() {
		try (TestService service = TestService.start("flowforge.observability.service.team=checkout",
				"flowforge.observability.service.version=1.4.2",
				"flowforge.observability.alerts.slack-channel=#checkout-alerts",
				"flowforge.observability.alerts.error-ratio=2%", "flowforge.observability.alerts.latency-p99=750ms",
				"flowforge.observability.alerts.min-request-rate=0.5",
				"flowforge.observability.alerts.slo-objective=99.5%")) {
			assertThat(service.scrape()).contains("""
					flowforge_alert_threshold{alert="error_ratio"} 0.02
					flowforge_alert_threshold{alert="latency_p99_seconds"} 0.75
					flowforge_alert_threshold{alert="min_request_rate"} 0.5
					""")
				.contains("flowforge_service_info{slack_channel=\"#checkout-alerts\",team=\"checkout\"} 1")
				.contains("flowforge_service_version{version=\"1.4.2\"} 1")
				.contains("flowforge_slo_objective{objective=\"errors\"} 0.995");
		}
	}

	@Test
	void defaultsWhenOnlyTheNameIsSet() {
		try (TestService service = TestService.start()) {
			assertThat(service.scrape()).contains("flowforge_alert_threshold{alert=\"error_ratio\"} 0.05")
				.contains("flowforge_alert_threshold{alert=\"latency_p99_seconds\"} 2.0")
				.contains("flowforge_alert_threshold{alert=\"min_request_rate\"} 0.05")
				.contains("flowforge_service_info{slack_channel=\"\",team=\"unowned\"} 1")
				.doesNotContain("flowforge_slo_objective")
				.containsPattern("flowforge_telemetry_items_total\\{result=\"dropped\",signal=\"traces\"}")
				.containsPattern("flowforge_telemetry_items_total\\{result=\"failed\",signal=\"logs\"}");
		}
	}

	@Test
	void requestsHaveABucketExactlyAtTheLatencyLimitAndFewAround() {
		try (TestService service = TestService.start("flowforge.observability.alerts.latency-p99=750ms")) {
			service.get("/hello");
			String scrape = service.scrape();
			assertThat(boundaries(scrape, "/hello")).contains("0.75", "+Inf").hasSizeBetween(10, 14);
			assertThat(boundaries(service.scrape(), "/actuator/prometheus")).containsExactly("0.75", "+Inf");
			assertThat(scrape.lines().filter((line) -> line.startsWith("http_server_requests_seconds_"))).isNotEmpty()
				.allMatch((line) -> line.contains("starter=\"flowforge\""));
		}
	}

	@Test
	void boundariesOfTheUserWinAndTheLimitJoinsThem() {
		try (TestService service = TestService
			.start("management.metrics.distribution.slo.http.server.requests=100ms,300ms")) {
			service.get("/hello");
			assertThat(boundaries(service.scrape(), "/hello")).containsExactly("0.1", "0.3", "2.0", "+Inf");
		}
	}

	@Test
	void exemplarsAreWhereEveryPrometheusTakesThem() {
		try (TestService service = TestService.start()) {
			service.get("/hello");
			assertThat(service.scrapeOpenMetrics().lines().filter((line) -> line.contains(" # {")))
				.anyMatch((line) -> line.contains("uri=\"/hello\"") && line.contains("trace_id="))
				.allMatch((line) -> line.contains("_bucket{") || line.contains("_total{"));
		}
	}

	@Test
	void requestsInFlightAreNotTimedASecondTime() {
		try (TestService service = TestService.start()) {
			service.get("/hello");
			assertThat(service.scrape()).contains("http_server_requests_seconds_count")
				.doesNotContain("http_server_requests_active");
		}
	}

	@Test
	void nothingOfOursWhenTheLibraryIsOff() {
		try (TestService service = TestService.start("flowforge.observability.enabled=false",
				"management.endpoints.web.exposure.include=prometheus")) {
			assertThat(service.scrape()).contains("jvm_memory_used_bytes").doesNotContain("flowforge_");
		}
	}

	private static List<String> boundaries(String scrape, String uri) {
		Matcher matcher = Pattern
			.compile("http_server_requests_seconds_bucket\\{[^}]*uri=\"" + uri + "\",le=\"([^\"]+)\"}")
			.matcher(scrape);
		return matcher.results().map((result) -> result.group(1)).toList();
	}

}
