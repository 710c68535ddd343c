package io.flowforge.observability.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.flowforge.observability.MetricNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationListener;

/**
 * Polls all health indicators in the background and keeps their last status for the
 * scrape. An indicator that hangs occupies one thread and counts as failing, without
 * delaying the others. While the service refuses traffic on purpose, nothing is polled
 * and nothing is exported.
 */
final class HealthPoller implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>>, DisposableBean {

	private static final Log logger = LogFactory.getLog(HealthPoller.class);

	private final HealthContributors contributors;

	private final HealthGroups groups;

	private final Duration interval;

	private final Duration timeout;

	private final MultiGauge gauges;

	private final MultiGauge statusGauges;

	private final HealthWorkers workers;

	private final RepeatedWarningFilter warningFilter;

	private final Map<String, HealthCheck> checks = new TreeMap<>();

	private final AtomicBoolean started = new AtomicBoolean();

	private volatile boolean acceptingTraffic;

	// By component; those that are not failing are true.
	private volatile Map<String, Boolean> up = Map.of();

	HealthPoller(HealthContributors contributors, @Nullable HealthEndpointGroups groups, MeterRegistry registry,
			HealthMetricsProperties properties) {
		this.contributors = contributors;
		this.groups = new HealthGroups(groups);
		this.interval = properties.interval();
		this.timeout = (properties.timeout().compareTo(this.interval) < 0) ? properties.timeout() : this.interval;
		this.gauges = MultiGauge.builder(MetricNames.HEALTH_UP)
			.description("1 if the component is available to the health endpoint.")
			.register(registry);
		this.statusGauges = MultiGauge.builder(MetricNames.HEALTH_STATUS)
			.description("Status of a component that is not UP.")
			.register(registry);
		this.workers = new HealthWorkers(this.interval.multipliedBy(2));
		this.warningFilter = RepeatedWarningFilter.create(properties.repeatWarnings());
	}

	// Not earlier: nobody should be alerted because a service is still starting. Spring
	// Boot publishes this event after its ApplicationReadyEvent.
	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			this.acceptingTraffic = true;
			if (this.started.compareAndSet(false, true)) {
				this.workers.execute(this::run);
			}
		}
	}

	/**
	 * Stop polling and exporting until the service accepts traffic again.
	 */
	void pause() {
		this.acceptingTraffic = false;
		publish(Map.of(), List.of());
	}

	@Override
	public void destroy() {
		this.workers.close();
	}

	private void run() {
		try {
			while (!this.workers.isClosed()) {
				long lastProbe = this.acceptingTraffic ? poll() : forget();
				TimeUnit.NANOSECONDS.sleep(lastProbe + this.interval.toNanos() - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			// The application is shutting down.
		}
		finally {
			this.warningFilter.activate(false);
		}
	}

	// What they were before is no reason to log a line when they are polled again.
	private long forget() {
		this.checks.values().removeIf((check) -> !check.isBusy());
		this.warningFilter.activate(false);
		return System.nanoTime();
	}

	/**
	 * Probe all indicators and export their status.
	 * @return when the last probe started; the next poll follows one interval later, so
	 * that no indicator is probed more often
	 * @throws InterruptedException if polling has been stopped
	 */
	private long poll() throws InterruptedException {
		long lastProbe = System.nanoTime();
		try {
			List<HealthProbe> probes = probes();
			List<HealthProbe> slow = this.workers.run(probes);
			export();
			for (HealthProbe probe : slow) {
				probe.awaitOrInterrupt(this.timeout);
			}
			export();
			for (HealthProbe probe : probes) {
				lastProbe = (probe.startedAt() - lastProbe > 0) ? probe.startedAt() : lastProbe;
			}
		}
		// If it were rethrown, polling would end silently.
		catch (RuntimeException | Error ex) {
			logger.warn(
					"Health indicators could not be polled; the next attempt follows in %s".formatted(this.interval),
					ex);
		}
		return lastProbe;
	}

	// One for each indicator that is registered now and does not hang.
	private List<HealthProbe> probes() {
		Map<String, HealthIndicator> indicators = new TreeMap<>();
		collect("", this.contributors, indicators);
		this.checks.keySet().retainAll(indicators.keySet());
		List<HealthProbe> probes = new ArrayList<>();
		indicators.forEach((component, indicator) -> {
			HealthCheck check = this.checks.computeIfAbsent(component, (key) -> new HealthCheck(key,
					(status) -> this.groups.isFailing(key, status), () -> this.acceptingTraffic, this.warningFilter));
			if (!check.isBusy()) {
				probes.add(new HealthProbe(check, indicator));
			}
		});
		return probes;
	}

	private static void collect(String path, HealthContributors contributors, Map<String, HealthIndicator> indicators) {
		for (HealthContributors.Entry entry : contributors) {
			HealthContributor contributor = entry.contributor();
			String component = path + entry.name();
			if (contributor instanceof HealthIndicator indicator) {
				indicators.put(component, indicator);
			}
			else if (contributor instanceof CompositeHealthContributor composite) {
				collect(component + "/", composite, indicators);
			}
		}
	}

	private void export() {
		Map<String, Boolean> up = new TreeMap<>();
		List<MultiGauge.Row<?>> statuses = new ArrayList<>();
		this.groups.statuses(this.contributors, this::status).forEach((group, status) -> {
			if (!this.checks.containsKey(group)) {
				up.put(group, !this.groups.isGroupFailing(group, status));
				addRow(statuses, group, status);
			}
		});
		this.checks.forEach((component, check) -> {
			Status status = check.status();
			if (status != null) {
				up.put(component, !this.groups.isFailing(component, status));
				addRow(statuses, component, status);
			}
		});
		this.warningFilter.activate(this.checks.values().stream().anyMatch(HealthCheck::isFailing));
		publish(up, statuses);
	}

	// What a poll that was under way has found when polling was paused does not count.
	private synchronized void publish(Map<String, Boolean> up, List<MultiGauge.Row<?>> statuses) {
		this.up = this.acceptingTraffic ? up : Map.of();
		this.gauges.register(this.up.keySet().stream().<MultiGauge.Row<?>>map(this::row).toList());
		this.statusGauges.register(this.acceptingTraffic ? statuses : List.of());
	}

	// Series as few as there are components that are not UP.
	private static void addRow(List<MultiGauge.Row<?>> rows, String component, Status status) {
		if (!Status.UP.equals(status)) {
			rows.add(MultiGauge.Row.of(Tags.of("component", component, "status", status.getCode()), () -> 1));
		}
	}

	private @Nullable Status status(String component) {
		HealthCheck check = this.checks.get(component);
		return (check != null) ? check.status() : null;
	}

	private MultiGauge.Row<?> row(String component) {
		return MultiGauge.Row.of(Tags.of("component", component),
				() -> Boolean.TRUE.equals(this.up.get(component)) ? 1 : 0);
	}

}
