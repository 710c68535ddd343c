package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.Part;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links of a real message on a machine without Docker and without Grafana: each opens
 * a page, and behind it is the request that failed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvidenceTests {

	private static final int MAX_MEGABYTES = 1500;

	private static Evidence evidence;

	private static Launcher launcher;

	private static String traceId;

	@BeforeAll
	static void failUntilSomebodyIsTold(@TempDir Path folder) {
		Launcher.requireBackends();
		launcher = new Launcher(Launcher.repository(), folder.resolve("data"));
		launcher.set("PATH", pathWithout("loki", "tempo", "grafana"));
		evidence = Evidence.collect(launcher, "zipkin", "victoria-logs");
	}

	// A folder of the PATH that has everything else, too, cannot be left out.
	static String pathWithout(String... programs) {
		List<String> folders = Arrays.stream(System.getenv("PATH").split(":"))
			.filter((folder) -> Stream.of(programs).noneMatch((name) -> Files.exists(Path.of(folder, name))))
			.toList();
		Assumptions.assumeTrue(folders.stream().anyMatch((folder) -> Files.exists(Path.of(folder, "env"))),
				String.join(", ", programs) + " cannot be hidden on this machine");
		return String.join(":", folders);
	}

	@AfterAll
	static void end() {
		if (evidence != null) {
			evidence.close();
		}
	}

	@Test
	void saysWhatIsInPlaceOfGrafana() {
		assertThat(evidence.output())
			.contains("Not on the PATH: loki, tempo, grafana. Links in messages lead to others instead: "
					+ "Zipkin (traces), VictoriaLogs (logs), Prometheus (graphs). A Docker engine brings all of them.");
	}

	@Test
	void isSmallEnoughForALaptop() {
		int megabytes = Pattern.compile(" pid \\d+ +(\\d+) MB")
			.matcher(launcher.run("status").output())
			.results()
			.mapToInt((memory) -> Integer.parseInt(memory.group(1)))
			.sum();
		System.out.println("The stack takes " + megabytes + " MB");
		assertThat(megabytes).isBetween(1, MAX_MEGABYTES);
	}

	// While the alert fires: only then the inbox has a form for its silence.
	@Test
	@Order(1)
	void pagesOpen(@TempDir Path profile) {
		try (DashboardBrowser browser = Evidence.browser(profile)) {
			assertShows(browser, "Traces", 900, "orders-service", "post /orders");
			assertShows(browser, "Logs", 900, "ERROR", "POST /orders");
			assertShows(browser, "Graph", 3000, "flowforge:http_requests:rate5m", "flowforge_health_up",
					"ALERTS{alertname=");
			assertShows(browser, "Runbook", 900, "FlowForgeHighErrorRatio");
			evidence.assertShowsSilence(browser, evidence.link("Silence").toString(), "Silence");
		}
	}

	private static void assertShows(DashboardBrowser browser, String link, int height, String... texts) {
		Evidence.assertShows(browser, evidence.link(link).toString(), link, height, texts);
	}

	@Test
	@Order(2)
	void tracesHaveTheRequestThatFailed() {
		// The newest: the page shows no more than twenty.
		traceId = evidence.lastFailure();
		URI link = evidence.link("Traces");
		assertThat(link.getPort()).isEqualTo(launcher.port("FLOWFORGE_ZIPKIN_PORT"));
		Map<String, String> query = Evidence.parameters(link.getRawQuery());
		long end = Long.parseLong(query.get("endTs"));
		// As the page asks.
		URI search = launcher.address(Part.ZIPKIN,
				"/api/v2/traces?serviceName=%s&annotationQuery=%s&endTs=%d&lookback=%d&limit=%s".formatted(
						Http.encoded(query.get("serviceName")), Http.encoded(query.get("annotationQuery")), end,
						end - Long.parseLong(query.get("startTs")), query.get("limit")));
		JsonNode trace = Waiting.forValue("Zipkin does not find the request", Evidence.LIMIT,
				() -> Http.json(search)
					.valueStream()
					.filter((spans) -> spans.path(0).path("traceId").asString().equals(traceId))
					.findFirst());
		assertThat(trace.valueStream()).anySatisfy((span) -> {
			assertThat(span.path("name").asString()).isEqualTo("post /orders");
			assertThat(span.at("/tags/error").isMissingNode()).isFalse();
			assertThat(span.at("/tags/http.response.status_code").asString()).startsWith("5");
		});
	}

	@Test
	@Order(3)
	void logsHaveTheLinesOfThatRequest() {
		URI link = evidence.link("Logs");
		assertThat(link.getPort()).isEqualTo(launcher.port("FLOWFORGE_VICTORIA_LOGS_PORT"));
		Map<String, String> query = Evidence.parameters(link.getRawFragment().substring("/?".length()));
		assertThat(query).containsEntry("g0.range_input", "75m");
		Instant end = Instant.parse(query.get("g0.end_input"));
		URI search = launcher.address(Part.VICTORIA_LOGS,
				"/select/logsql/query?start=%s&end=%s&query=%s".formatted(end.minus(Duration.ofMinutes(75)), end,
						Http.encoded("%s trace_id:=%s".formatted(query.get("query"), traceId))));
		List<JsonNode> lines = Waiting.forValue("VictoriaLogs does not find a line of the request", Evidence.LIMIT,
				() -> Optional.of(Http.get(search).lines().map(JsonMapper.shared()::readTree).toList())
					.filter((found) -> !found.isEmpty()));
		assertThat(lines).allSatisfy((line) -> {
			assertThat(line.path("severity_text").asString()).isIn("WARN", "ERROR");
			assertThat(line.path("service.name").asString()).isEqualTo("orders-service");
		});
	}

	@Test
	@Order(4)
	void graphsHaveTheirSeries() {
		URI link = evidence.link("Graph");
		assertThat(link.getPort()).isEqualTo(launcher.port("FLOWFORGE_PROMETHEUS_PORT"));
		Map<String, String> query = Evidence.parameters(link.getRawQuery());
		List<Set<String>> graphs = new ArrayList<>();
		for (int graph = 0; query.containsKey("g%d.expr".formatted(graph)); graph++) {
			graphs.add(seriesOf(query.get("g%d.expr".formatted(graph))));
		}
		assertThat(graphs).containsExactly(Set.of("flowforge:http_requests:rate5m"),
				Set.of("flowforge:http_error_ratio:rate5m", "flowforge:alert_threshold"),
				Set.of("flowforge:http_p99_seconds:rate5m", "flowforge:alert_threshold", "p50", "p95"),
				Set.of("up", "flowforge_health_up"), Set.of("ALERTS"));
	}

	// The name of a series, or the percentile that it is.
	private static Set<String> seriesOf(String expression) {
		Instant now = Instant.now();
		Set<String> names = new TreeSet<>();
		Http.json(
				launcher.address(Part.PROMETHEUS,
						"/api/v1/query_range?start=%s&end=%s&step=1&query=%s"
							.formatted(now.minus(Duration.ofMinutes(10)), now, Http.encoded(expression))))
			.at("/data/result")
			.forEach((series) -> {
				JsonNode labels = series.path("metric");
				names.add(labels.has("p") ? "p" + labels.path("p").asString() : labels.path("__name__").asString());
			});
		return names;
	}

}
