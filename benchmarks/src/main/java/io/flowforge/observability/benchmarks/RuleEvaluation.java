package io.flowforge.observability.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.flowforge.observability.benchmarks.history.Blocks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures what the rules cost a real Prometheus, at the intervals of
 * {@code stack/prometheus}: how long all groups take together of each 15 seconds, and
 * which rules take longest, for fleets of several sizes, with the starter and without it.
 * Prometheus finds a month of history, as if it had only been started again.
 */
public final class RuleEvaluation {

	// The windows of a quarter of an hour are full, and an evaluation has seen them so.
	private static final long MINUTES = Long.getLong("minutes", 17);

	private static final String SIZES = System.getProperty("sizes", "15x10x30,100x3x30,300x3x30");

	private static final String STARTER = System.getProperty("starter", "true,false");

	private static final String[] BOUNDARIES = { "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.0",
			"2.5", "5.0", "10.0", "+Inf" };

	private static final int DEAREST = 10;

	private static final JsonMapper JSON = new JsonMapper();

	private final long start = System.nanoTime();

	private final Fleet fleet;

	private byte[] shared;

	private long sharedAt;

	private RuleEvaluation(Fleet fleet) {
		this.fleet = fleet;
	}

	/**
	 * Measure, and print a table. Needs {@code prometheus} and {@code promtool} on the
	 * PATH.
	 * @param arguments the folder of the rules
	 * @throws Exception if something cannot be measured
	 */
	public static void main(String[] arguments) throws Exception {
		List<String> rows = new ArrayList<>();
		for (String size : SIZES.split(",")) {
			for (String starter : STARTER.split(",")) {
				Fleet fleet = Fleet.parse(size, Boolean.parseBoolean(starter));
				rows.add(new RuleEvaluation(fleet).run(Path.of(arguments[0]).toAbsolutePath()));
			}
		}
		System.out.printf(
				"%n| services x instances x routes | starter | series | each 15 s | the longest of each group | CPUs busy | memory |%n");
		System.out.println("|---|---|---|---|---|---|---|");
		rows.forEach(System.out::println);
	}

	private String run(Path rules) throws IOException, InterruptedException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newFixedThreadPool(2, (work) -> {
			Thread thread = new Thread(work);
			thread.setDaemon(true);
			return thread;
		}));
		server.createContext("/", (exchange) -> {
			int instance = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
			byte[] shared = shared();
			byte[] own = own(instance).getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
			exchange.sendResponseHeaders(200, shared.length + own.length);
			exchange.getResponseBody().write(shared);
			exchange.getResponseBody().write(own);
			exchange.close();
		});
		server.start();
		Path folder = Files.createTempDirectory("evaluation");
		// A block that rules read for the last minutes, too, would cost what no block of
		// a Prometheus that runs for days does.
		Instant until = Instant.now().minusSeconds(1200);
		Blocks.write(folder, RuleHistory.of(this.fleet.services(), until), RuleHistory.BLOCK,
				until.minus(RuleHistory.LENGTH), until);
		int port = freePort();
		Files.writeString(folder.resolve("prometheus.yml"), configuration(server.getAddress().getPort(), port, rules));
		Process prometheus = new ProcessBuilder("prometheus", "--config.file=prometheus.yml",
				"--storage.tsdb.path=data", "--storage.tsdb.retention.time=40d",
				"--web.listen-address=127.0.0.1:" + port)
			.directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("prometheus.log").toFile())
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(prometheus::destroyForcibly));
		try {
			for (long minute = 1; minute <= MINUTES && prometheus.isAlive(); minute++) {
				prometheus.waitFor(1, TimeUnit.MINUTES);
				System.err.printf("%d of %d minutes%n", minute, MINUTES);
			}
			return report(URI.create("http://127.0.0.1:" + port));
		}
		finally {
			prometheus.destroy();
			prometheus.waitFor();
			server.stop(0);
			try (Stream<Path> files = Files.walk(folder)) {
				files.sorted((left, right) -> right.compareTo(left)).forEach((file) -> file.toFile().delete());
			}
		}
	}

	private String configuration(int metrics, int self, Path rules) {
		StringBuilder yaml = new StringBuilder("""
				global: {scrape_interval: 15s, evaluation_interval: 15s}
				rule_files: ["%s/*.yml"]
				scrape_configs:
				  - job_name: prometheus
				    static_configs: [{targets: ["127.0.0.1:%d"]}]
				  - job_name: services
				    relabel_configs: [{source_labels: [__metrics_path__], target_label: instance}]
				    static_configs:
				""".formatted(rules, self));
		for (int instance = 0; instance < this.fleet.size(); instance++) {
			yaml.append(
					"      - {targets: [\"127.0.0.1:%d\"], labels: {__metrics_path__: \"/%d\", application: service-%d, environment: prod}}%n"
						.formatted(metrics, instance, instance % this.fleet.services()));
		}
		return yaml.toString();
	}

	// The fleet shares the processors with the Prometheus that is measured, so it must
	// cost next to nothing: all instances that are scraped within a second have the same
	// counters.
	private synchronized byte[] shared() {
		long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.start);
		if (this.shared == null || now != this.sharedAt) {
			this.shared = metrics(now).getBytes(StandardCharsets.UTF_8);
			this.sharedAt = now;
		}
		return this.shared;
	}

	private String own(int instance) {
		String own = "process_start_time_seconds %d%n".formatted(1_700_000_000 + instance);
		return this.fleet.starter() ? own + "flowforge_service_info{team=\"team-%d\",slack_channel=\"#team\"} 1%n"
			.formatted(instance % this.fleet.services()) : own;
	}

	// Each route is asked once a second; one request in a thousand fails, one is slow.
	// Nothing fires: what alerts cost is another question.
	private String metrics(long seconds) {
		StringBuilder text = new StringBuilder(400_000);
		for (int route = 0; route < this.fleet.routes(); route++) {
			for (String status : List.of("200", "500")) {
				String labels = "{method=\"GET\",uri=\"/route-%d/{id}\",status=\"%s\",outcome=\"%s\",exception=\"none\",error=\"none\"%s"
					.formatted(route, status, status.equals("200") ? "SUCCESS" : "SERVER_ERROR",
							this.fleet.starter() ? ",starter=\"flowforge\"" : "");
				long count = (long) (seconds * (status.equals("200") ? 0.999 : 0.001));
				text.append("http_server_requests_seconds_count%s} %d%n".formatted(labels, count));
				text.append("http_server_requests_seconds_sum%s} %f%n".formatted(labels, count * 0.1));
				text.append("http_server_requests_seconds_max%s} 1.5%n".formatted(labels));
				for (int i = 0; i < BOUNDARIES.length; i++) {
					text.append("http_server_requests_seconds_bucket%s,le=\"%s\"} %d%n".formatted(labels, BOUNDARIES[i],
							inTime(count, BOUNDARIES[i])));
				}
			}
		}
		if (this.fleet.starter()) {
			appendStarter(text, seconds);
		}
		return text.toString();
	}

	private void appendStarter(StringBuilder text, long seconds) {
		long requests = seconds * this.fleet.routes();
		for (String failed : List.of("true", "false")) {
			for (String slow : List.of("true", "false")) {
				text.append("flowforge_http_requests_total{failed=\"%s\",slow=\"%s\"} %d%n".formatted(failed, slow,
						(long) (requests * (failed.equals("true") ? 0.001 : 0.999)
								* (slow.equals("true") ? 0.001 : 0.999))));
			}
		}
		for (int i = 0; i < BOUNDARIES.length; i++) {
			text.append("flowforge_http_request_duration_seconds_bucket{le=\"%s\"} %d%n".formatted(BOUNDARIES[i],
					inTime(requests, BOUNDARIES[i])));
		}
		text.append("flowforge_service_environment{name=\"prod\"} 1%n".formatted());
		text.append("flowforge_slo_objective{objective=\"errors\"} 0.995%n".formatted());
		text.append("flowforge_alert_threshold{alert=\"error_ratio\"} 0.05%n".formatted());
		text.append("flowforge_alert_threshold{alert=\"latency_p99_seconds\"} 2.0%n".formatted());
		text.append("flowforge_alert_threshold{alert=\"min_request_rate\"} 0.05%n".formatted());
		for (String component : List.of("db", "diskSpace", "ping", "ssl", "liveness", "readiness")) {
			text.append("flowforge_health_up{component=\"%s\"} 1%n".formatted(component));
		}
		for (String signal : List.of("traces", "logs")) {
			for (String result : List.of("exported", "failed", "dropped")) {
				text.append("flowforge_telemetry_items_total{signal=\"%s\",result=\"%s\"} %d%n".formatted(signal,
						result, result.equals("exported") ? seconds : 0));
			}
		}
	}

	private static long inTime(long requests, String boundary) {
		return boundary.startsWith("0.0") ? 0
				: (boundary.equals("+Inf") || boundary.equals("10.0")) ? requests : (long) (requests * 0.999);
	}

	private String report(URI prometheus) throws IOException, InterruptedException {
		Map<String, Double> usual = query(prometheus,
				"quantile_over_time(0.5, prometheus_rule_group_last_duration_seconds[2m])");
		Map<String, Double> longest = query(prometheus,
				"max_over_time(prometheus_rule_group_last_duration_seconds[2m])");
		Map<String, Double> interval = query(prometheus, "prometheus_rule_group_interval_seconds");
		String series = single(prometheus, "prometheus_tsdb_head_series");
		String busy = single(prometheus, "round(rate(process_cpu_seconds_total{job=\"prometheus\"}[2m]), 0.01)");
		usual.putAll(notYetEvaluated(prometheus));
		System.out.printf("%n%s: %s series, %s missed evaluations, %s rules that failed%n%n", this.fleet, series,
				single(prometheus, "sum(prometheus_rule_group_iterations_missed_total)"),
				single(prometheus, "sum(prometheus_rule_evaluation_failures_total)"));
		System.out.println("| group | interval | median of two minutes | longest |\n|---|---|---|---|");
		usual.forEach((group, seconds) -> System.out.printf("| `%s` | %.0f s | %.0f ms | %.0f ms |%n",
				group.replaceAll("^.*;", ""), interval.get(group), seconds * 1000, longest.get(group) * 1000));
		System.out.println("\n| rule | last evaluation |\n|---|---|");
		rules(prometheus).stream()
			.sorted(Comparator.comparingDouble(Rule::seconds).reversed())
			.limit(DEAREST)
			.forEach((rule) -> System.out.printf("| `%s` | %.0f ms |%n", rule.name(), rule.seconds() * 1000));
		double every15Seconds = usual.entrySet()
			.stream()
			.mapToDouble((group) -> group.getValue() * 15 / interval.get(group.getKey()))
			.sum();
		return "| %d x %d x %d | %s | %s | %.2f s | %.2f s | %s | %s MB |".formatted(this.fleet.services(),
				this.fleet.instances(), this.fleet.routes(), this.fleet.starter() ? "yes" : "no", series,
				every15Seconds, longest.values().stream().mapToDouble(Double::doubleValue).sum(), busy,
				single(prometheus, "round(process_resident_memory_bytes{job=\"prometheus\"} / 1000000)"));
	}

	// Groups of half an hour and more: each of their rules is asked for once.
	private static Map<String, Double> notYetEvaluated(URI prometheus) throws IOException, InterruptedException {
		Map<String, Double> iterations = query(prometheus, "prometheus_rule_group_iterations_total");
		Map<String, Double> seconds = new TreeMap<>();
		for (JsonNode group : groups(prometheus)) {
			String name = group.get("file").asString() + ";" + group.get("name").asString();
			if (iterations.get(name) == 0) {
				for (JsonNode rule : group.get("rules")) {
					long start = System.nanoTime();
					query(prometheus, "count(" + rule.get("query").asString() + ")");
					seconds.merge(name, (System.nanoTime() - start) / 1e9, Double::sum);
				}
			}
		}
		return seconds;
	}

	private static List<Rule> rules(URI prometheus) throws IOException, InterruptedException {
		List<Rule> rules = new ArrayList<>();
		for (JsonNode group : groups(prometheus)) {
			for (JsonNode rule : group.get("rules")) {
				rules.add(new Rule(rule.get("name").asString(), rule.get("evaluationTime").asDouble()));
			}
		}
		return rules;
	}

	private static JsonNode groups(URI prometheus) throws IOException, InterruptedException {
		return JSON.readTree(get(prometheus.resolve("/api/v1/rules"))).at("/data/groups");
	}

	private static String single(URI prometheus, String expression) throws IOException, InterruptedException {
		return query(prometheus, expression).values()
			.stream()
			.findFirst()
			.map((value) -> BigDecimal.valueOf(value).stripTrailingZeros().toPlainString())
			.orElse("?");
	}

	private static Map<String, Double> query(URI prometheus, String expression)
			throws IOException, InterruptedException {
		String json = get(
				prometheus.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)));
		Map<String, Double> values = new TreeMap<>();
		for (JsonNode sample : JSON.readTree(json).at("/data/result")) {
			values.put(sample.at("/metric/rule_group").asString(""), Double.valueOf(sample.at("/value/1").asString()));
		}
		return values;
	}

	private static String get(URI address) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * What Prometheus scrapes.
	 *
	 * @param services how many services
	 * @param instances how many instances each of them has
	 * @param routes how many routes each instance has
	 * @param starter whether they have the starter
	 */
	private record Fleet(int services, int instances, int routes, boolean starter) {

		static Fleet parse(String size, boolean starter) {
			String[] numbers = size.split("x");
			return new Fleet(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]),
					starter);
		}

		int size() {
			return this.services * this.instances;
		}

	}

	/**
	 * What the last evaluation of a rule took.
	 *
	 * @param name the series or the alert
	 * @param seconds how long
	 */
	private record Rule(String name, double seconds) {
	}

}
