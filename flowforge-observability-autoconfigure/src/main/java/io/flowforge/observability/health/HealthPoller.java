package io.flowforge.observability.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.ApplicationListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Asks every health indicator in the background and keeps its last answer for the scrape.
 * An indicator that hangs holds one thread and counts as not up; the others are asked all
 * the same.
 */
final class HealthPoller implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

	private static final Log logger = LogFactory.getLog(HealthPoller.class);

	private final HealthContributorRegistry contributors;

	private final MeterRegistry registry;

	private final HealthMetricsProperties properties;

	private final Map<String, HealthCheck> checks = new TreeMap<>();

	private final AtomicBoolean started = new AtomicBoolean();

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(daemonThreads("flowforge-health-poll-"));

	private final ExecutorService workers;

	HealthPoller(HealthContributorRegistry contributors, MeterRegistry registry, HealthMetricsProperties properties) {
		this.contributors = contributors;
		this.registry = registry;
		this.properties = properties;
		// One worker as long as indicators answer: they are asked one after another.
		this.workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 2 * properties.interval().toMillis(),
				TimeUnit.MILLISECONDS, new SynchronousQueue<>(), daemonThreads("flowforge-health-check-"));
	}

	// Not earlier: a service that is still starting is not ready, and nobody should be
	// told.
	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (this.started.compareAndSet(false, true)) {
			this.scheduler.scheduleWithFixedDelay(this::poll, 0, this.properties.interval().toMillis(),
					TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void destroy() {
		this.scheduler.shutdownNow();
		this.workers.shutdownNow();
	}

	private void poll() {
		try {
			collect("", this.contributors);
			for (HealthCheck check : this.checks.values()) {
				check.run(this.workers, this.registry, this.properties.timeout());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		// Thrown on, it would end the polling without a word.
		catch (RuntimeException ex) {
			logger.warn("Health indicators could not be polled; the next attempt follows in %s"
				.formatted(this.properties.interval()), ex);
		}
	}

	// Anew for each poll: contributors may be registered while the application runs.
	private void collect(String path, HealthContributors contributors) {
		for (HealthContributors.Entry entry : contributors) {
			HealthContributor contributor = entry.contributor();
			String name = path + entry.name();
			if (contributor instanceof HealthIndicator indicator) {
				this.checks.computeIfAbsent(name, (key) -> new HealthCheck(key, indicator));
			}
			else if (contributor instanceof CompositeHealthContributor composite) {
				collect(name + "/", composite);
			}
		}
	}

	private static CustomizableThreadFactory daemonThreads(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return threads;
	}

}
