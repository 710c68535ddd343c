package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flowforge.dashboards.DashboardQuery;
import io.flowforge.dashboards.Dashboards;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.observability.MetricNames;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each query of each dashboard, asked of the real backends while the real samples run and
 * some of their requests fail: no panel stays empty. What needs a backend that is not
 * there is skipped, by its name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardQueryTests {

	private static final Repository REPOSITORY = Repository.around(Path.of(""));

	private static final List<String> SERVICES = List.of("orders-service", "inventory-service");

	// What is asked in it, in the time of this test.
	private static final Duration WINDOW = Duration.ofMinutes(10);

	// Tempo writes its metrics every 15 seconds.
	private static final String RATE_INTERVAL = "1m";

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final Pattern METRIC = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?=[{\\[])");

	// What the Collector could not deliver: CollectorTests and CollectorPipelineTests
	// make it fail, and the dashboards' NamesTests compares. Requests as OpenTelemetry
	// counts them: RequestMetricsTests scrapes them. Buckets of services without the
	// starter: the rules' own tests have them. And Jetty's, as the samples run on Tomcat.
	private static final String SEEN_ELSEWHERE = "otelcol_exporter_(send|enqueue)_failed_\\w+"
			+ "|http_server_request_duration_\\w+|flowforge:http_requests_bucket:rate5m|jetty_\\w+";

	private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

	private DashboardStack stack;

	@BeforeAll
	void start(@TempDir Path folder) throws IOException {
		this.stack = new DashboardStack(folder);
		this.stack.start();
		this.stack.fail();
	}

	@AfterAll
	void stop() {
		this.stack.close();
	}

	@TestFactory
	Stream<DynamicTest> queryHasAResult() {
		Instant until = Instant.now().plus(LIMIT);
		return DashboardQuery.all().map((query) -> DynamicTest.dynamicTest(query.toString(), () -> {
			assumeThatThereIs(query);
			await("a result of\n" + query.expression("orders-service", "10m", RATE_INTERVAL), until,
					() -> SERVICES.stream().anyMatch((service) -> !ask(query, service).isEmpty()));
			if (query.is("exemplar")) {
				await("a trace beside it", until, () -> !exemplars(query, "trace_id").isEmpty());
			}
		}));
	}

	@TestFactory
	Stream<DynamicTest> variableHasValues() {
		Instant until = Instant.now().plus(LIMIT);
		return Dashboards.models()
			.stream()
			.flatMap((dashboard) -> dashboard.at("/templating/list")
				.valueStream()
				.filter((variable) -> variable.path("type").asString().equals("query"))
				.filter((variable) -> !variable.at("/query/query").asString("").startsWith("query_result("))
				// The samples are in no cluster.
				.filter((variable) -> !variable.path("name").asString().equals("cluster"))
				.map((variable) -> DynamicTest
					.dynamicTest(dashboard.path("title").asString() + ": " + variable.path("name").asString(), () -> {
						if (variable.at("/datasource/type").asString().equals("loki")) {
							assumeThatThereIs(this.stack.loki(), "loki");
						}
						await("values of " + variable.path("query"), until,
								() -> !values(variable, dashboard).isEmpty());
					})));
	}

	@Test
	void starterExportsAllItsMetrics() throws IllegalAccessException {
		for (Field name : MetricNames.class.getFields()) {
			// The samples have no component that is not up.
			if (!MetricNames.HEALTH_STATUS.equals(name.get(null))) {
				String metric = ((String) name.get(null)).replace('.', '_');
				await(metric, Instant.now().plus(LIMIT),
						() -> !prometheus("query",
								Map.of("query", "{__name__=~\"%s(_total|_seconds_count)?\"}".formatted(metric)))
							.isEmpty());
			}
		}
	}

	// A query that says zero where there is nothing has a result by any name.
	@TestFactory
	Stream<DynamicTest> metricExists() {
		Instant until = Instant.now().plus(LIMIT);
		return DashboardQuery.all()
			.filter((query) -> query.source().equals("prometheus"))
			.flatMap((query) -> METRIC.matcher(query.expression("orders-service", "10m", RATE_INTERVAL))
				.results()
				.map((metric) -> metric.group(1)))
			.distinct()
			.sorted()
			.filter((metric) -> !metric.matches(SEEN_ELSEWHERE))
			.map((metric) -> DynamicTest.dynamicTest(metric, () -> {
				assumeThatThereIs(metric);
				await(metric, until,
						() -> !prometheus("query",
								Map.of("query", "count_over_time({__name__=\"%s\"}[10m])".formatted(metric)))
							.isEmpty());
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Alerting", "Failing", "Rule errors" })
	void numberTellsOfWhatFails(String panel) {
		DashboardQuery query = DashboardQuery.all()
			.filter((each) -> each.panel().equals(panel))
			.findFirst()
			.orElseThrow();
		await(panel, Instant.now().plus(LIMIT), () -> ask(query, "orders-service").path(0).at("/value/1").asInt(0) > 0);
	}

	@TestFactory
	Stream<DynamicTest> jumpFromATraceHasAResult() {
		Map<?, ?> jumps = (Map<?, ?>) dataSource("tempo").get("tracesToMetrics");
		String tags = ((List<?>) jumps.get("tags")).stream()
			.map((tag) -> String.valueOf(((Map<?, ?>) tag).get("value")))
			.map((label) -> "%s=\"%s\"".formatted(label, label.equals("application") ? "orders-service" : "demo"))
			.collect(Collectors.joining(",", "{", "}"));
		return ((List<?>) jumps.get("queries")).stream()
			.map((jump) -> DynamicTest.dynamicTest(String.valueOf(((Map<?, ?>) jump).get("name")), () -> {
				String query = String.valueOf(((Map<?, ?>) jump).get("query")).replace("{$$__tags}", tags);
				await(query, Instant.now().plus(LIMIT), () -> !prometheus("query", Map.of("query", query)).isEmpty());
			}));
	}

	@Test
	void traceLeadsToItsLinesAndBack() {
		assumeThatThereIs(this.stack.loki(), "loki");
		assumeThatThereIs(this.stack.tempo(), "tempo");
		Instant until = Instant.now().plus(LIMIT);
		String failed = "{resource.service.name=\"orders-service\" && status=error}";
		await("a trace", until, () -> !this.stack.tempo().orElseThrow().search(failed).isEmpty());
		String id = this.stack.tempo().orElseThrow().search(failed).iterator().next();
		String query = String.valueOf(((Map<?, ?>) dataSource("tempo").get("tracesToLogsV2")).get("query"))
			.replace("$${__span.tags[\"service.name\"]}", "orders-service")
			.replace("$${__span.traceId}", id);
		await(query, until, () -> !this.stack.loki().orElseThrow().lines(query).isEmpty());
		Map<?, ?> back = (Map<?, ?>) ((List<?>) dataSource("loki").get("derivedFields")).get(0);
		assertThat(this.stack.loki().orElseThrow().lines(query).values())
			.allSatisfy((line) -> assertThat(line).containsEntry(String.valueOf(back.get("matcherRegex")), id));
	}

	@Test
	void exemplarLeadsToItsTrace() {
		assumeThatThereIs(this.stack.tempo(), "tempo");
		String label = String
			.valueOf(((Map<?, ?>) ((List<?>) dataSource("prometheus").get("exemplarTraceIdDestinations")).get(0))
				.get("name"));
		DashboardQuery latency = DashboardQuery.all().filter((query) -> query.is("exemplar")).findFirst().orElseThrow();
		await("the trace of an exemplar", Instant.now().plus(LIMIT), () -> exemplars(latency, label).stream()
			.anyMatch((id) -> !this.stack.tempo().orElseThrow().spans(id.asString()).isEmpty()));
	}

	private static Map<?, ?> dataSource(String uid) {
		try {
			Map<String, List<Map<String, Object>>> provisioned = new Yaml()
				.load(Files.readString(REPOSITORY.file("grafana/provisioning/datasources/flowforge.yml")));
			return (Map<?, ?>) provisioned.get("datasources")
				.stream()
				.filter((source) -> source.get("uid").equals(uid))
				.findFirst()
				.orElseThrow()
				.get("jsonData");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void assumeThatThereIs(DashboardQuery query) {
		if (query.source().equals("prometheus")) {
			assumeThatThereIs(query.expression("orders-service", "10m", RATE_INTERVAL));
		}
		else {
			assumeThatThereIs(query.source().equals("loki") ? this.stack.loki() : this.stack.tempo(), query.source());
			assumeThatThereIsACollector();
		}
	}

	private void assumeThatThereIs(String expression) {
		if (expression.contains("loki_")) {
			assumeThatThereIs(this.stack.loki(), "loki");
		}
		if (expression.contains("tempo_") || expression.contains("traces_service")) {
			assumeThatThereIs(this.stack.tempo(), "tempo");
			assumeThatThereIsACollector();
		}
		if (expression.contains("otelcol_")) {
			assumeThatThereIsACollector();
		}
	}

	private void assumeThatThereIsACollector() {
		Assumptions.assumeTrue(this.stack.hasCollector(), TestBackends.NO_COLLECTOR);
	}

	private static void assumeThatThereIs(Optional<?> backend, String program) {
		Assumptions.assumeTrue(backend.isPresent(), program + " is not on the PATH");
	}

	// What was a week ago was not in this test.
	private JsonNode ask(DashboardQuery query, String service) {
		String expression = query.expression(service, "10m", RATE_INTERVAL).replace("offset 1w", "offset 5s");
		Instant now = Instant.now();
		Map<String, String> window = Map.of("query", expression, "start", seconds(now.minus(WINDOW)), "end",
				seconds(now), "step", "5");
		return switch (query.source()) {
			case "prometheus" -> query.is("range") ? prometheus("query_range", window)
					: prometheus("query", Map.of("query", expression));
			case "loki" -> get(this.stack.loki().orElseThrow().address(),
					"/loki/api/v1/"
							+ (query.target().path("queryType").asString().equals("range") ? "query_range" : "query"),
					query.target().path("queryType").asString().equals("range") ? window : Map.of("query", expression))
				.at("/data/result");
			case "tempo" -> get(this.stack.tempo().orElseThrow().address(), "/api/search",
					Map.of("q", expression, "start", seconds(now.minus(WINDOW)), "end", seconds(now)))
				.path("traces");
			default -> throw new IllegalStateException(query.source());
		};
	}

	private List<JsonNode> exemplars(DashboardQuery query, String label) {
		Instant now = Instant.now();
		return get(this.stack.prometheus(), "/api/v1/query_exemplars",
				Map.of("query", query.expression("orders-service", "10m", RATE_INTERVAL), "start",
						seconds(now.minus(WINDOW)), "end", seconds(now)))
			.findValues(label);
	}

	private JsonNode values(JsonNode variable, JsonNode dashboard) {
		JsonNode query = variable.path("query");
		if (variable.at("/datasource/type").asString().equals("loki")) {
			return get(this.stack.loki().orElseThrow().address(),
					"/loki/api/v1/label/%s/values".formatted(query.path("label").asString()),
					Map.of("query", DashboardQuery.withDefaults(query.path("stream").asString(), dashboard)))
				.path("data");
		}
		Matcher matcher = LABEL_VALUES.matcher(query.path("query").asString());
		assertThat(matcher.matches()).as(query.toString()).isTrue();
		String series = matcher.group(1)
			.replace("$application", "orders-service")
			.replace("$environment", "demo")
			.replace("$cluster", ".*")
			.replaceAll("\\$\\w+", ".+");
		return get(this.stack.prometheus(), "/api/v1/label/%s/values".formatted(matcher.group(2)),
				Map.of("match[]", series))
			.path("data");
	}

	private JsonNode prometheus(String path, Map<String, String> parameters) {
		return get(this.stack.prometheus(), "/api/v1/" + path, parameters).at("/data/result");
	}

	private static JsonNode get(URI address, String path, Map<String, String> parameters) {
		StringBuilder query = new StringBuilder();
		new TreeMap<>(parameters).forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
			.append(encoded(name))
			.append('=')
			.append(encoded(value)));
		return JsonMapper.shared().readTree(Http.get(address.resolve(path + query)));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static String seconds(Instant time) {
		return String.valueOf(time.getEpochSecond());
	}

	private static void await(String what, Instant until, BooleanSupplier condition) {
		Duration left = Duration.between(Instant.now(), until);
		Waiting.until(what + " has not come", left.isNegative() ? Duration.ZERO : left, condition);
	}

}
