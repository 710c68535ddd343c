package io.flowforge.observability.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.flowforge.observability.tracing.SuppressedWork;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads that run the probes. Fast indicators share one; each slow one gets its own.
 */
final class HealthWorkers {

	private static final Duration FAST_PROBE_TIMEOUT = Duration.ofMillis(50);

	private final ExecutorService threads;

	HealthWorkers(Duration keepAlive) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("flowforge-health-");
		factory.setDaemon(true);
		// Work that arrives after the pool has been closed is ignored silently.
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, keepAlive.toMillis(), TimeUnit.MILLISECONDS,
				new SynchronousQueue<>(), factory, new ThreadPoolExecutor.DiscardPolicy());
	}

	void execute(Runnable work) {
		this.threads.execute(work);
	}

	boolean isClosed() {
		return this.threads.isShutdown();
	}

	void close() {
		this.threads.shutdownNow();
	}

	/**
	 * Run one probe after another, without letting any wait behind a slow one.
	 * @param probes the probes
	 * @return the probes that have no result yet
	 * @throws InterruptedException if polling has been stopped
	 */
	List<HealthProbe> run(List<HealthProbe> probes) throws InterruptedException {
		Queue<HealthProbe> waiting = new ConcurrentLinkedQueue<>(probes);
		Runnable worker = SuppressedWork.of(() -> work(waiting));
		List<HealthProbe> slow = new ArrayList<>();
		this.threads.execute(worker);
		for (HealthProbe probe : probes) {
			if (!probe.await(FAST_PROBE_TIMEOUT)) {
				slow.add(probe);
				if (!waiting.isEmpty()) {
					this.threads.execute(worker);
				}
			}
		}
		return slow;
	}

	private static void work(Queue<HealthProbe> waiting) {
		for (HealthProbe probe = waiting.poll(); probe != null; probe = waiting.poll()) {
			probe.run();
			// An interrupt that came too late was not meant for the next probe.
			Thread.interrupted();
		}
	}

}
