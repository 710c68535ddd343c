package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.time.Duration;

/**
 * Sends requests until the compilers of the JVM rest. Code that they have not got to yet
 * takes several times as long, and when they get to it depends on the machine: the same
 * profile has said 57 and 228 µs of the same code.
 */
final class WarmUp {

	// What compilers still use of one core when they rest: some method is always next.
	private static final double RESTING = 0.05;

	private static final Duration SLICE = Duration.ofSeconds(2);

	// Twice the fixed rate leaves the compilers most of the cores: at full speed, they
	// are not done after 45 seconds.
	private static final int REQUESTS_PER_SECOND = 2 * Plan.REQUESTS_PER_SECOND;

	private final ApplicationProcess application;

	private final LoadGenerator generator;

	private final boolean scraped;

	private WarmUp(ApplicationProcess application, LoadGenerator generator, boolean scraped) {
		this.application = application;
		this.generator = generator;
		this.scraped = scraped;
	}

	/**
	 * Warm an application up, on all cores.
	 * @param application the application
	 * @param generator sends it requests
	 * @param cores the cores of this machine
	 * @param scraped whether Prometheus would scrape it: a first scrape makes the JVM
	 * give up compiled code of requests, which had never been to an actuator endpoint
	 * @param atMost for how long at most
	 * @throws IOException if a request fails
	 * @throws InterruptedException if interrupted
	 */
	static void run(ApplicationProcess application, LoadGenerator generator, Cores cores, boolean scraped,
			Duration atMost) throws IOException, InterruptedException {
		WarmUp warmUp = new WarmUp(application, generator, scraped);
		cores.sharing(application.pid(), () -> warmUp.run(atMost));
	}

	// Full speed runs code that a fixed rate does not, such as what drops or waits.
	private void run(Duration atMost) throws IOException {
		long end = System.nanoTime() + atMost.toNanos();
		int restful = 0;
		while (restful < 3 && System.nanoTime() < end) {
			boolean resting = (restful == 1) ? rests(() -> this.generator.saturate(SLICE))
					: rests(() -> this.generator.sendInBatches(SLICE, REQUESTS_PER_SECOND));
			restful = resting ? restful + 1 : 0;
		}
	}

	private boolean rests(Cores.IoRunnable load) throws IOException {
		if (this.scraped) {
			Scrape.of(this.application.port());
		}
		long start = System.nanoTime();
		CpuTime before = this.application.cpuTime();
		load.run();
		double seconds = (System.nanoTime() - start) / 1e9;
		return this.application.cpuTime().since(before).compilers() < RESTING * seconds;
	}

}
