package io.flowforge.observability.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.observability.testing.FaultyCollector;
import io.flowforge.observability.testing.FaultyCollector.Fault;
import io.flowforge.observability.testing.Load;
import io.flowforge.observability.testing.Load.Latencies;
import io.flowforge.observability.testing.TelemetryItems;
import io.flowforge.observability.testing.Work;

/**
 * Measures a service under load, with this library's defaults, while its collector is out
 * of order: first not at all, then in each of the ways. Each time it is a JVM of its own,
 * which is ended by a signal while the collector is out of order again.
 */
public final class Outages {

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("seconds", 60));

	private static final int REQUESTS_PER_SECOND = 200;

	private static final Duration SLOWNESS = Duration.ofSeconds(5);

	// Longer than the five seconds that spans wait to be exported.
	private static final Duration QUIET = Duration.ofSeconds(7);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final FaultyCollector collector = FaultyCollector.start(SLOWNESS);

	private final HttpClient client = HttpClient.newHttpClient();

	private final Path directory;

	private final Process process;

	private final URI service;

	private long requests;

	private Outages(Path directory) throws IOException, InterruptedException {
		this.directory = directory;
		Path port = directory.resolve("port");
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-cp", System.getProperty("java.class.path"), OutageService.class.getName(),
				port.toString(), "spring.application.name=outages",
				"flowforge.observability.otlp.endpoint=" + this.collector.endpoint(),
				"flowforge.observability.web.access-log.requests=all")
			.redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!Files.exists(port) || Files.size(port) == 0) {
			if (!this.process.isAlive() || System.nanoTime() > deadline) {
				this.process.destroyForcibly();
				throw new IllegalStateException("The service has not started: " + Files.readString(log()));
			}
			Thread.sleep(100);
		}
		this.service = URI.create("http://127.0.0.1:" + Files.readString(port));
	}

	/**
	 * Measure, and print a table.
	 * @param arguments none
	 * @throws Exception if something cannot be measured
	 */
	public static void main(String[] arguments) throws Exception {
		StringBuilder table = new StringBuilder(
				"""

						| collector | p50, p99 | p99 to that before | heap after GC | threads | spans: produced = exported + failed + dropped | log records | recovery | lines said | shutdown |
						|---|---|---|---|---|---|---|---|---|---|
						""");
		for (Fault fault : Fault.values()) {
			System.err.printf("%s, %d s%n", fault, LENGTH.toSeconds());
			Outages outages = new Outages(Files.createTempDirectory("outages"));
			try {
				table.append(outages.measure(fault).format());
			}
			finally {
				outages.process.destroyForcibly();
				outages.collector.close();
			}
		}
		System.out.print(table);
	}

	private Row measure(Fault fault) throws IOException, InterruptedException {
		try (Load load = new Load(this.service.resolve("/work"))) {
			Row row = new Row(fault);
			send(load, Duration.ofSeconds(15));
			row.healthy = millis(send(load, Duration.ofSeconds(15)).percentile(0.99));
			awaitQuiet();
			TelemetryItems spans = TelemetryItems.of(scrape(), "traces");
			TelemetryItems logRecords = TelemetryItems.of(scrape(), "logs");
			this.requests = 0;

			this.collector.become(fault);
			Latencies latencies = send(load, LENGTH);
			row.p50 = millis(latencies.percentile(0.5));
			row.p99 = millis(latencies.percentile(0.99));
			row.threads = sum("^jvm_threads_live_threads (\\S+)");
			new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
					String.valueOf(this.process.pid()), "GC.run")
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
			row.heap = sum("^jvm_memory_used_bytes\\{area=\"heap\",[^}]*} (\\S+)") / (1 << 20);

			System.err.println("  healing");
			CompletableFuture<Latencies> after = CompletableFuture
				.supplyAsync(() -> load.send(Duration.ofSeconds(10), REQUESTS_PER_SECOND));
			this.collector.heal();
			this.requests += after.join().requests();
			awaitQuiet();
			row.recovery = Stream.of(this.collector.spans().recovery(), this.collector.logRecords().recovery())
				.flatMap(Optional::stream)
				.max(Duration::compareTo)
				.map((recovery) -> recovery.toMillis() / 1000.0)
				.orElse(Double.NaN);
			row.said = said();
			row.spans = accounts(spans, TelemetryItems.of(scrape(), "traces"), Work.SPANS * this.requests);
			row.logRecords = accounts(logRecords, TelemetryItems.of(scrape(), "logs"),
					Work.LINES * this.requests + row.said);

			System.err.println("  stopping");
			this.collector.become(fault);
			send(load, Duration.ofSeconds(10));
			long start = System.nanoTime();
			this.process.destroy();
			this.process.waitFor(1, TimeUnit.MINUTES);
			row.shutdown = (System.nanoTime() - start) / 1e9;
			return row;
		}
	}

	private Latencies send(Load load, Duration duration) {
		Latencies latencies = load.send(duration, REQUESTS_PER_SECOND);
		this.requests += latencies.requests();
		return latencies;
	}

	private void awaitQuiet() throws IOException, InterruptedException {
		String items = "";
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		for (long since = System.nanoTime(); System.nanoTime() - since < QUIET.toNanos();) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("The service does not come to rest: " + items);
			}
			Thread.sleep(200);
			String scrape = scrape();
			String now = TelemetryItems.of(scrape, "traces") + " " + TelemetryItems.of(scrape, "logs");
			since = now.equals(items) ? since : System.nanoTime();
			items = now;
		}
	}

	private String scrape() throws IOException, InterruptedException {
		return this.client
			.send(HttpRequest.newBuilder(this.service.resolve("/actuator/prometheus")).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private double sum(String pattern) throws IOException, InterruptedException {
		return Pattern.compile(pattern, Pattern.MULTILINE)
			.matcher(scrape())
			.results()
			.map((MatchResult result) -> result.group(1))
			.mapToDouble(Double::parseDouble)
			.sum();
	}

	private Path log() {
		return this.directory.resolve("log");
	}

	// Each is a log record, too.
	private long said() throws IOException {
		try (Stream<String> lines = Files.lines(log())) {
			return lines.filter((line) -> line.contains("OutageLog")).count();
		}
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

	private static String accounts(TelemetryItems before, TelemetryItems after, long produced) {
		List<Long> became = List.of(after.exported() - before.exported(), after.failed() - before.failed(),
				after.dropped() - before.dropped());
		long sum = became.stream().mapToLong(Long::longValue).sum();
		return "%d %s %d + %d + %d".formatted(produced, (produced == sum) ? "=" : "≠", became.get(0), became.get(1),
				became.get(2));
	}

	private static final class Row {

		private final Fault fault;

		private double healthy;

		private double p50;

		private double p99;

		private double heap;

		private double threads;

		private String spans = "";

		private String logRecords = "";

		private double recovery;

		private long said;

		private double shutdown;

		private Row(Fault fault) {
			this.fault = fault;
		}

		private String format() {
			return "| %s | %.1f, %.1f ms | %.2f | %.0f MB | %.0f | %s | %s | %.1f s | %d | %.1f s |%n".formatted(
					this.fault, this.p50, this.p99, this.p99 / this.healthy, this.heap, this.threads, this.spans,
					this.logRecords, this.recovery, this.said, this.shutdown);
		}

	}

}
