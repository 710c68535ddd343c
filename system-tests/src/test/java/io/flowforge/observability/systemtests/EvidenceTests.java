package io.flowforge.observability.systemtests;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.FaultSwitch;
import io.flowforge.drill.server.Traffic;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
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

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final int MAX_MEGABYTES = 1500;

	private static final int WIDTH = 1440;

	private static Launcher launcher;

	private static String output;

	private static Message message;

	private static Traffic traffic;

	private static String traceId;

	@BeforeAll
	static void failUntilSomebodyIsTold(@TempDir Path folder) {
		Launcher.requireBackends();
		launcher = new Launcher(Launcher.repository(), folder.resolve("data"));
		launcher.set("PATH", pathWithout("loki", "tempo", "grafana"));
		Assumptions.assumeTrue(launcher.run("collector", "--no-build").isSuccess(), TestBackends.NO_COLLECTOR);
		output = launcher.run("up").orElseThrow();
		Set<String> parts = launcher.noted().keySet();
		Assumptions.assumeTrue(parts.containsAll(List.of("zipkin", "victoria-logs")), output);
		launcher.run("pace", "20").orElseThrow();
		URI orders = launcher.address(Part.ORDERS_SERVICE, "");
		new FaultSwitch(orders).set("{\"errorRatio\":1}");
		traffic = new Traffic(orders, 10);
		traffic.start();
		Inbox inbox = new Inbox(launcher.address(Part.ALERT_INBOX, ""));
		message = Waiting.forValue("No message has come", LIMIT, () -> inbox.firstAfter(0, EvidenceTests::isOfOrders));
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

	private static boolean isOfOrders(Message message) {
		return message.isSlack() && message.isAbout("firing", "orders-service", "Too many requests fail.");
	}

	@AfterAll
	static void end() {
		if (traffic != null) {
			traffic.close();
		}
		if (launcher != null) {
			launcher.close();
		}
	}

	@Test
	void saysWhatIsInPlaceOfGrafana() {
		assertThat(output).contains("Not on the PATH: loki, tempo, grafana. Links in messages lead to others instead: "
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
		Path chromium = program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
		Path chromedriver = program("chromedriver", "chromium.chromedriver");
		try (DashboardBrowser browser = new DashboardBrowser(chromium, chromedriver, profile)) {
			assertShows(browser, "Traces", 900, "orders-service", "post /orders");
			assertShows(browser, "Logs", 900, "ERROR", "POST /orders");
			assertShows(browser, "Graph", 3000, "flowforge:http_requests:rate5m", "flowforge_health_up",
					"ALERTS{alertname=");
			assertShows(browser, "Runbook", 900, "FlowForgeHighErrorRatio");
			// Debian's Alertmanager has no page, and the inbox has a form.
			boolean inbox = link("Silence").getPort() == launcher.port("FLOWFORGE_INBOX_PORT");
			assertShows(browser, "Silence", 900, inbox ? "30 min" : "Duration", inbox ? "Comment" : "Creator");
		}
	}

	@Test
	@Order(2)
	void tracesHaveTheRequestThatFailed() {
		// The newest: the page shows no more than twenty.
		traffic.close();
		HttpResponse<Void> failed = Traffic.send(Traffic.order(launcher.address(Part.ORDERS_SERVICE, "")));
		assertThat(failed.statusCode()).isGreaterThanOrEqualTo(500);
		traceId = failed.headers().firstValue("X-Trace-Id").orElseThrow();
		URI link = link("Traces");
		assertThat(link.getPort()).isEqualTo(launcher.port("FLOWFORGE_ZIPKIN_PORT"));
		Map<String, String> query = parameters(link.getRawQuery());
		long end = Long.parseLong(query.get("endTs"));
		// As the page asks.
		URI search = launcher.address(Part.ZIPKIN,
				"/api/v2/traces?serviceName=%s&annotationQuery=%s&endTs=%d&lookback=%d&limit=%s".formatted(
						Http.encoded(query.get("serviceName")), Http.encoded(query.get("annotationQuery")), end,
						end - Long.parseLong(query.get("startTs")), query.get("limit")));
		JsonNode trace = Waiting.forValue("Zipkin does not find the request", LIMIT,
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
		URI link = link("Logs");
		assertThat(link.getPort()).isEqualTo(launcher.port("FLOWFORGE_VICTORIA_LOGS_PORT"));
		Map<String, String> query = parameters(link.getRawFragment().substring("/?".length()));
		assertThat(query).containsEntry("g0.range_input", "75m");
		Instant end = Instant.parse(query.get("g0.end_input"));
		URI search = launcher.address(Part.VICTORIA_LOGS,
				"/select/logsql/query?start=%s&end=%s&query=%s".formatted(end.minus(Duration.ofMinutes(75)), end,
						Http.encoded("%s trace_id:=%s".formatted(query.get("query"), traceId))));
		List<JsonNode> lines = Waiting.forValue("VictoriaLogs does not find a line of the request", LIMIT,
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
		URI link = link("Graph");
		assertThat(link.getPort()).isEqualTo(launcher.port("FLOWFORGE_PROMETHEUS_PORT"));
		Map<String, String> query = parameters(link.getRawQuery());
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

	private static void assertShows(DashboardBrowser browser, String link, int height, String... texts) {
		browser.open(link(link).toString(), WIDTH);
		try {
			Waiting.until("%s does not show %s".formatted(link, Arrays.toString(texts)), LIMIT,
					() -> Stream.of(texts).allMatch(browser.text()::contains));
		}
		finally {
			browser.screenshot(Path.of("target/evidence/%s.png".formatted(link.toLowerCase(Locale.ROOT))), WIDTH,
					height);
		}
		assertThat(browser.refusals()).isEmpty();
	}

	private static Path program(String... names) {
		Assumptions.assumeTrue(Programs.find(names).isPresent(), names[0] + " is not on the PATH");
		return Programs.find(names).orElseThrow();
	}

	private static URI link(String text) {
		return message.links()
			.stream()
			.filter((link) -> link.text().equals(text))
			.map((link) -> URI.create(link.url()))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No link " + text + " in " + message.links()));
	}

	private static Map<String, String> parameters(String query) {
		Map<String, String> parameters = new TreeMap<>();
		for (String parameter : query.split("&")) {
			String[] parts = parameter.split("=", 2);
			parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		return parameters;
	}

}
