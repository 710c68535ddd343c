package io.flowforge.observability.integration;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.RequiredPrograms;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules understand what a service really exports about its requests, with
 * Micrometer's names and with those of Spring's own OpenTelemetry convention: a scrape is
 * given to promtool, as if every interval had brought the same requests.
 */
class RequestMetricsTests {

	private static final Path RULES = Path.of("../prometheus-rules").toAbsolutePath().normalize();

	private static final Pattern SAMPLE = Pattern.compile("((?:http_server_request|flowforge_)\\w+)\\{(.+)} (\\S+)");

	private final Path promtool = RequiredPrograms.require("promtool");

	@TempDir
	private Path folder;

	@Test
	void namesOfMicrometer() throws IOException {
		String scrape = scrape(Shop.class);
		assertThat(scrape).contains("http_server_requests_seconds_count{")
			.doesNotContain("http_server_request_duration_seconds");
		assertCounted(scrape);
	}

	@Test
	void namesOfSpringsOpenTelemetryConvention() throws IOException {
		String scrape = scrape(Shop.class, OpenTelemetryConvention.class);
		assertThat(scrape).contains("http_server_request_duration_seconds_count{")
			.doesNotContain("http_server_requests_seconds");
		assertCounted(scrape);
	}

	private static String scrape(Class<?>... configuration) {
		// No bucket ends at that limit but the service's own.
		try (TestService service = TestService.start(configuration, "flowforge.observability.alerts.latency-p99=15ms",
				"management.tracing.export.enabled=false", "management.logging.export.enabled=false")) {
			for (String path : new String[] { "/orders/1", "/orders/2", "/orders/3", "/failing/1", "/actuator/health",
					"/actuator/health" }) {
				service.send(path);
			}
			return service.scrape();
		}
	}

	private void assertCounted(String scrape) throws IOException {
		StringBuilder test = new StringBuilder("""
				rule_files: [%1$s/identity.yml, %1$s/errors.yml, %1$s/latency.yml]
				evaluation_interval: 15s
				group_eval_order: [flowforge-identity, flowforge-errors, flowforge-latency]
				tests:
				  - interval: 15s
				    input_series:
				""".formatted(RULES));
		series(test, "up", "", "1");
		scrape.lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach((sample) -> {
			boolean counter = sample.group(1).matches(".*_(count|sum|bucket|total)");
			series(test, sample.group(1), ", " + sample.group(2),
					(counter ? "0+" : "") + new BigDecimal(sample.group(3)).toPlainString());
		});
		test.append("    promql_expr_test:\n");
		expect(test, "round(15 * flowforge:http_requests:rate5m, 0.01)", "", 4);
		expect(test, "round(15 * flowforge:http_errors:rate5m, 0.01)", "", 1);
		expect(test, "sum without () (flowforge:http_slow_ratio:rate5m)", "", 1);
		for (String alert : new String[] { "FlowForgeHighErrorRatio", "FlowForgeHighLatencyP99" }) {
			expect(test,
					"count by (environment, application, alertname) (ALERTS{alertname=\"%s\", alertstate=\"firing\"})"
						.formatted(alert),
					", alertname=\"%s\"".formatted(alert), 1);
		}
		Path file = Files.writeString(this.folder.resolve("test.yml"), test);
		Programs.run(this.folder, this.promtool.toString(), "test", "rules", file.toString()).orElseThrow();
	}

	private static void series(StringBuilder test, String metric, String labels, String value) {
		test.append(
				"      - series: '%s{environment=\"test\", application=\"shop\", job=\"shop\", instance=\"a:1\"%s}'%n        values: '%sx40'%n"
					.formatted(metric, labels, value));
	}

	private static void expect(StringBuilder test, String expression, String labels, int value) {
		test.append(
				"      - expr: '%s'%n        eval_time: 10m%n        exp_samples: [{labels: '{environment=\"test\", application=\"shop\"%s}', value: %d}]%n"
					.formatted(expression, labels, value));
	}

	@RestController
	static class Shop {

		@GetMapping("/orders/{id}")
		CompletableFuture<String> order() {
			return slowly(() -> "an order");
		}

		@GetMapping("/failing/{id}")
		CompletableFuture<String> fail() {
			return slowly(() -> {
				throw new IllegalStateException("This order fails");
			});
		}

		// Above the limit on any machine.
		private static CompletableFuture<String> slowly(Supplier<String> work) {
			return CompletableFuture.supplyAsync(work, CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS));
		}

		@ExceptionHandler
		ProblemDetail handle(IllegalStateException ex) {
			return ProblemDetail.forStatus(HttpStatus.INTERNAL_SERVER_ERROR);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OpenTelemetryConvention {

		@Bean
		OpenTelemetryServerRequestObservationConvention serverRequestObservationConvention() {
			return new OpenTelemetryServerRequestObservationConvention();
		}

	}

}
