package io.flowforge.observability.benchmarks.dashboards;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.dashboards.DashboardQuery;
import tools.jackson.databind.JsonNode;

/**
 * Measures how long the dashboard <em>Services</em> waits for Prometheus, with a large
 * fleet and a week of its history: each query of each panel, as Grafana sends it.
 */
public final class DashboardTiming {

	private static final int SERVICES = Integer.getInteger("services", 300);

	private static final int INSTANCES = Integer.getInteger("instances", 3);

	private static final Duration HISTORY = Duration.ofDays(Integer.getInteger("days", 7));

	private static final int TIMES = 3;

	private static final List<Range> RANGES = List.of(new Range("6 h", Duration.ofHours(6)),
			new Range("7 d", Duration.ofDays(7)));

	private final Prometheus prometheus;

	private final Instant now;

	private DashboardTiming(Prometheus prometheus, Instant now) {
		this.prometheus = prometheus;
		this.now = now;
	}

	/**
	 * Measure, and write {@code results/services.md}. Needs {@code prometheus} and
	 * {@code promtool} on the PATH.
	 * @param arguments the folder of the benchmarks
	 * @throws Exception if something cannot be measured
	 */
	public static void main(String[] arguments) throws Exception {
		Path folder = Files.createTempDirectory("dashboards");
		// A whole minute: at that time there is a sample of everything.
		Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 60 * 60);
		Instant since = now.minus(HISTORY);
		ServicesHistory history = new ServicesHistory(SERVICES, INSTANCES, since, now.plusSeconds(1));
		try (Prometheus prometheus = Prometheus.start(folder, history.series(), since, now.plusSeconds(1))) {
			String report = new DashboardTiming(prometheus, now).report(history.series().size());
			System.out.println(report);
			Files.writeString(Path.of(arguments[0], "results", "services.md"), report);
		}
		finally {
			try (Stream<Path> files = Files.walk(folder)) {
				files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
			}
		}
	}

	private String report(int series) throws IOException, InterruptedException {
		List<Timing> timings = new ArrayList<>();
		for (DashboardQuery query : DashboardQuery.all()
			.filter((each) -> each.dashboard().equals("Services"))
			.toList()) {
			List<Answer> answers = new ArrayList<>();
			for (Range range : RANGES) {
				answers.add(ask(query, range));
			}
			timings.add(new Timing(query, answers));
		}
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		StringBuilder report = new StringBuilder(String.format(Locale.ROOT,
				"""
						# How long the dashboard *Services* waits for Prometheus

						`make dashboards` on %s, %d processors, a load average of %.1f: %d services, %d instances each, %d days of history, %,d series.
						Each query of a panel was asked %d times, one after the other; a panel has the sum of the medians.
						Ranges end now. *CPU* is the time that a query kept Prometheus busy, which other work on the machine hardly changes. *Read* are the
						samples that Prometheus went through.
						""",
				LocalDate.now(), Runtime.getRuntime().availableProcessors(), load, SERVICES, INSTANCES,
				HISTORY.toDays(), series, TIMES));
		report.append(Timing.table(timings, RANGES));
		return report.toString();
	}

	private Answer ask(DashboardQuery query, Range range) throws IOException, InterruptedException {
		String path = query.is("range") ? "/api/v1/query_range" : "/api/v1/query";
		Map<String, String> parameters = parameters(query, range);
		List<Double> times = new ArrayList<>();
		byte[] last = {};
		Duration before = this.prometheus.cpuTime();
		for (int i = 0; i < TIMES; i++) {
			long start = System.nanoTime();
			last = this.prometheus.ask(path, parameters);
			times.add((System.nanoTime() - start) / 1e6);
		}
		double cpu = this.prometheus.cpuTime().minus(before).toNanos() / 1e6 / TIMES;
		parameters.put("stats", "all");
		JsonNode data = Prometheus.json(this.prometheus.ask(path, parameters)).path("data");
		return Answer.of(data, times.stream().sorted().toList().get(TIMES / 2), cpu, last.length);
	}

	// Grafana starts and ends a range at a multiple of the step.
	private Map<String, String> parameters(DashboardQuery query, Range range) {
		Map<String, String> parameters = new HashMap<>();
		parameters.put("query",
				query.expression("service-0", range.length().toSeconds() + "s", range.rateInterval(query.points())));
		if (query.is("range")) {
			int step = range.step(query.points());
			long end = this.now.getEpochSecond() / step * step;
			parameters.put("start", String.valueOf(end - range.length().toSeconds()));
			parameters.put("end", String.valueOf(end));
			parameters.put("step", String.valueOf(step));
		}
		else {
			parameters.put("time", String.valueOf(this.now.getEpochSecond()));
		}
		return parameters;
	}

	/**
	 * What Prometheus answered.
	 *
	 * @param milliseconds the median of the times until all of it had come
	 * @param cpu how long it kept Prometheus busy, in milliseconds
	 * @param series how many series it has
	 * @param samples how many samples these have
	 * @param read how many samples Prometheus read for it
	 * @param bytes how much came, compressed
	 */
	record Answer(double milliseconds, double cpu, long series, long samples, long read, long bytes) {

		static Answer of(JsonNode data, double milliseconds, double cpu, long bytes) {
			long samples = data.path("result")
				.valueStream()
				.mapToLong((series) -> series.has("values") ? series.path("values").size() : 1)
				.sum();
			return new Answer(milliseconds, cpu, data.path("result").size(), samples,
					data.at("/stats/samples/totalQueryableSamples").asLong(), bytes);
		}

		Answer and(Answer other) {
			return new Answer(this.milliseconds + other.milliseconds, this.cpu + other.cpu, this.series + other.series,
					this.samples + other.samples, this.read + other.read, this.bytes + other.bytes);
		}

	}

	/**
	 * The answers to a query, one for each range.
	 *
	 * @param query the query
	 * @param answers the answers
	 */
	record Timing(DashboardQuery query, List<Answer> answers) {

		static String table(List<Timing> timings, List<Range> ranges) {
			Map<String, List<Answer>> panels = new LinkedHashMap<>();
			for (Timing timing : timings) {
				panels.merge(timing.query.panel(), timing.answers, Timing::sum);
			}
			panels.put("**all panels: one refresh**", panels.values().stream().reduce(Timing::sum).orElseThrow());
			StringBuilder table = new StringBuilder("\n| panel |");
			for (Range range : ranges) {
				table.append(" %1$s: ms | CPU, ms | series, samples | read | kB |".formatted(range.name()));
			}
			table.append("\n|---|").append("---|".repeat(5 * ranges.size())).append('\n');
			panels.forEach((panel, answers) -> {
				table.append("| %s |".formatted(panel));
				for (Answer answer : answers) {
					table.append(String.format(Locale.ROOT, " %.0f | %.0f | %,d, %,d | %,d | %,d |",
							answer.milliseconds(), answer.cpu(), answer.series(), answer.samples(), answer.read(),
							answer.bytes() / 1000));
				}
				table.append('\n');
			});
			return table.toString();
		}

		private static List<Answer> sum(List<Answer> left, List<Answer> right) {
			List<Answer> sum = new ArrayList<>();
			for (int i = 0; i < left.size(); i++) {
				sum.add(left.get(i).and(right.get(i)));
			}
			return sum;
		}

	}

}
