package io.flowforge.observability.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One variant in one round, in a JVM of its own: started, warmed up, measured at a fixed
 * rate and at full speed, and ended.
 */
final class Trial {

	// Longer than the five seconds after which all variants export their spans.
	private static final Duration QUIET = Duration.ofMillis(5500);

	private final Plan plan;

	private final Cores cores;

	private final ReceiverProcess receiver;

	private final ApplicationProcess application;

	private final Variant variant;

	private final ItemsPerRequest perRequest;

	private Trial(Plan plan, Cores cores, ReceiverProcess receiver, ApplicationProcess application, Variant variant,
			ItemsPerRequest perRequest) {
		this.plan = plan;
		this.cores = cores;
		this.receiver = receiver;
		this.application = application;
		this.variant = variant;
		this.perRequest = perRequest;
	}

	/**
	 * Measure a variant.
	 * @param plan how long
	 * @param cores the cores of this machine
	 * @param applications where the variant is
	 * @param receiver takes its telemetry
	 * @param variant the variant
	 * @param perRequest what one request makes
	 * @param round the number of the round
	 * @param results takes the figures
	 * @throws IOException if it fails
	 * @throws InterruptedException if interrupted
	 */
	static void run(Plan plan, Cores cores, Applications applications, ReceiverProcess receiver, Variant variant,
			ItemsPerRequest perRequest, int round, Results results) throws IOException, InterruptedException {
		try (ApplicationProcess application = applications.start(variant, receiver.endpoint(), new File("/dev/null"))) {
			new Trial(plan, cores, receiver, application, variant, perRequest)
				.run((figure, value) -> results.add(round, variant, figure, value));
			application.terminate().join();
		}
	}

	private void run(Figures figures) throws IOException, InterruptedException {
		figures.add(Figure.START, this.application.secondsToFirstResponse());
		figures.add(Figure.CLASSES, this.application.meter().classes());
		try (LoadGenerator generator = new LoadGenerator(this.application.port())) {
			WarmUp.run(this.application, generator, this.cores, this.variant.isScraped(), this.plan.warmUp());
			awaitQuiet();
			fixedRate(figures,
					window(this.plan.fixedRate(), (duration) -> generator.send(duration, Plan.REQUESTS_PER_SECOND)));
			saturation(figures, window(this.plan.saturation(), generator::saturate));
		}
		state(figures);
	}

	private void fixedRate(Figures figures, Window window) {
		figures.add(Figure.CPU_AT_FIXED_RATE, window.cpuMicrosPerRequest());
		figures.add(Figure.ALLOCATION_AT_FIXED_RATE, window.allocatedKilobytesPerRequest());
		figures.add(Figure.P50, window.load().percentile(0.5));
		figures.add(Figure.P99, window.load().percentile(0.99));
		figures.add(Figure.P999, window.load().percentile(0.999));
		if (this.variant.isExporting()) {
			figures.add(Figure.SPANS, window.spansPerRequest());
			figures.add(Figure.LOG_RECORDS, window.logRecordsPerRequest());
		}
	}

	private void saturation(Figures figures, Window window) {
		figures.add(Figure.CPU, window.cpuMicrosPerRequest());
		figures.add(Figure.ALLOCATION, window.allocatedKilobytesPerRequest());
		figures.add(Figure.THROUGHPUT, window.load().perSecond());
		figures.add(Figure.CORE_BUSY, 100 * window.cpu().application() / window.load().seconds());
		figures.add(Figure.COMPILERS, 100 * window.cpu().compilers() / window.load().seconds());
		if (this.variant.isExporting()) {
			figures.add(Figure.LOG_RECORDS_DELIVERED,
					100 * window.logRecordsPerRequest() / this.perRequest.logRecords());
			figures.add(Figure.BYTES_PER_SPAN, window.received().bytesPerSpan());
			figures.add(Figure.BYTES_PER_LOG_RECORD, window.received().bytesPerLogRecord());
		}
		if (this.perRequest.spans() > 0) {
			figures.add(Figure.SPANS_DELIVERED, 100 * window.spansPerRequest() / this.perRequest.spans());
		}
	}

	private void state(Figures figures) throws IOException {
		if (this.variant.isScraped()) {
			Scrape scrape = Scrape.of(this.application.port());
			figures.add(Figure.SCRAPE, scrape.bytes() / 1e3);
			figures.add(Figure.SERIES, scrape.series());
		}
		figures.add(Figure.THREADS, this.application.meter().threads());
		figures.add(Figure.RESIDENT_MEMORY, this.application.residentKilobytes() / 1e3);
		figures.add(Figure.HEAP, this.application.meterAfterGarbageCollection().heap() / 1e6);
	}

	private Window window(Duration duration, Phase phase) throws IOException, InterruptedException {
		ReceivedItems itemsBefore = this.receiver.items();
		if (this.variant.isScraped()) {
			Executor middle = CompletableFuture.delayedExecutor(duration.toMillis() / 2, TimeUnit.MILLISECONDS);
			CompletableFuture.runAsync(this::scrape, middle);
		}
		long allocatedBefore = this.application.meter().allocated();
		CpuTime cpuBefore = this.application.cpuTime();
		LoadResult load = phase.send(duration);
		CpuTime cpu = this.application.cpuTime().since(cpuBefore);
		long allocated = this.application.meter().allocated() - allocatedBefore;
		return new Window(load, cpu, allocated, awaitItems(itemsBefore, load.requests()));
	}

	private void scrape() {
		try {
			Scrape.of(this.application.port());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// What the warm-up has left arrives before anything is counted.
	private void awaitQuiet() throws IOException, InterruptedException {
		awaitItems(this.receiver.items(), Integer.MAX_VALUE);
	}

	// Wait until everything has arrived, or nothing arrives any more.
	private ReceivedItems awaitItems(ReceivedItems before, int requests) throws IOException, InterruptedException {
		ReceivedItems items = this.receiver.items();
		long since = System.nanoTime();
		while (this.variant.isExporting() && !this.perRequest.complete(items.since(before), requests)
				&& System.nanoTime() - since < QUIET.toNanos()) {
			TimeUnit.MILLISECONDS.sleep(50);
			ReceivedItems now = this.receiver.items();
			since = now.equals(items) ? since : System.nanoTime();
			items = now;
		}
		return items.since(before);
	}

	@FunctionalInterface
	private interface Figures {

		void add(Figure figure, double value);

	}

	@FunctionalInterface
	private interface Phase {

		LoadResult send(Duration duration) throws IOException;

	}

}
