package io.flowforge.observability.endpoint;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.export.health.ExporterHealth;
import io.flowforge.observability.export.health.ExporterHealthRegistry;
import io.flowforge.observability.export.statistics.ExportStatistics;
import io.flowforge.observability.export.statistics.Signal;
import io.flowforge.observability.limits.AlertsProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint @Endpoint} that shows who the service is, its limits, where its
 * telemetry goes and whether it arrives, and what its owner should know about its
 * settings. It is read-only and shows no credentials.
 *
 * @since 0.1.0
 */
@Endpoint(id = "observability")
public final class ObservabilityEndpoint {

	private final ServiceIdentity identity;

	private final AlertsProperties alerts;

	private final @Nullable ExportStatistics statistics;

	private final @Nullable ExporterHealthRegistry health;

	private final List<Findings> findings;

	ObservabilityEndpoint(ServiceIdentity identity, AlertsProperties alerts, @Nullable ExportStatistics statistics,
			@Nullable ExporterHealthRegistry health, List<Findings> findings) {
		this.identity = identity;
		this.alerts = alerts;
		this.statistics = statistics;
		this.health = health;
		this.findings = findings;
	}

	/**
	 * Describe the service's observability as of now.
	 * @return the description
	 */
	@ReadOperation
	public Description observability() {
		Map<String, SignalDescription> signals = new LinkedHashMap<>();
		for (Signal signal : Signal.values()) {
			signals.put(signal.tag(), describe(signal));
		}
		return new Description(this.identity,
				new Thresholds(this.alerts.getErrorRatio(), this.alerts.getLatencyP99().toMillis() / 1000.0,
						this.alerts.getMinRequestRate(), this.alerts.getSloObjective(), this.alerts.getSlackChannel()),
				signals, FindingsReader.read(this.findings));
	}

	private SignalDescription describe(Signal signal) {
		if (this.statistics == null || this.health == null || this.health.health(signal).isEmpty()) {
			return new SignalDescription("off", null, null, null, null, null, List.of());
		}
		List<ExporterDescription> exporters = this.health.health(signal).stream().map(ExporterDescription::of).toList();
		// A failing exporter is more important than one that delivers.
		ExporterDescription worst = exporters.stream()
			.filter((exporter) -> exporter.outageSince() != null)
			.findFirst()
			.orElse(exporters.get(0));
		return new SignalDescription(worst.state(), worst.address(), worst.lastSuccess(), worst.lastError(),
				new Items(this.statistics.exported(signal), this.statistics.failed(signal),
						this.statistics.dropped(signal)),
				new Queue(this.statistics.queued(signal), this.statistics.capacity(signal)), exporters);
	}

	/**
	 * What the endpoint answers.
	 *
	 * @param service who the service is
	 * @param thresholds its limits
	 * @param signals its telemetry, by signal: {@code traces} and {@code logs}
	 * @param findings what its owner should know
	 */
	public record Description(ServiceIdentity service, Thresholds thresholds, Map<String, SignalDescription> signals,
			List<Finding> findings) {

	}

	/**
	 * The limits that alerts use.
	 *
	 * @param errorRatio share of requests that may fail
	 * @param latencyP99 seconds that 99 of 100 requests must keep below
	 * @param minRequestRate requests per second below which neither is applied
	 * @param sloObjective share of requests that must not fail over 30 days, {@code null}
	 * where none is set
	 * @param slackChannel where the owner is told, {@code null} for the stack's default
	 */
	public record Thresholds(double errorRatio, double latencyP99, double minRequestRate, @Nullable Double sloObjective,
			@Nullable String slackChannel) {

	}

	/**
	 * The export of one signal. If there are several exporters, state, endpoint, last
	 * success and last error are those of the first one that is failing, or else of the
	 * first one.
	 *
	 * @param state {@code delivering}, {@code failing}, {@code idle} before the first
	 * export, or {@code off}
	 * @param endpoint where it goes, {@code null} if the exporter does not say
	 * @param lastSuccess when an export last succeeded
	 * @param lastError when and why one last failed
	 * @param items by result
	 * @param queue the items that wait
	 * @param exporters the exporters, each with its own health
	 */
	public record SignalDescription(String state, @Nullable String endpoint, @Nullable Instant lastSuccess,
			@Nullable LastError lastError, @Nullable Items items, @Nullable Queue queue,
			List<ExporterDescription> exporters) {

	}

	/**
	 * The health of one exporter.
	 *
	 * @param name the name of its bean
	 * @param state {@code delivering}, {@code failing}, or {@code idle} before its first
	 * export
	 * @param address where it sends to, {@code null} if it does not say
	 * @param lastSuccess when it last delivered a whole batch
	 * @param lastError when and why it last failed
	 * @param outageSince when the outage that still goes on began, {@code null} if there
	 * is none
	 */
	public record ExporterDescription(String name, String state, @Nullable String address,
			@Nullable Instant lastSuccess, @Nullable LastError lastError, @Nullable Instant outageSince) {

		private static ExporterDescription of(ExporterHealth health) {
			LastError lastError = (health.lastFailure() != null && health.lastError() != null)
					? new LastError(health.lastFailure(), health.lastError()) : null;
			return new ExporterDescription(health.name(), health.state().name().toLowerCase(Locale.ROOT),
					health.address(), health.lastSuccess(), lastError, health.outageSince());
		}

	}

	/**
	 * The last export that failed.
	 *
	 * @param time when
	 * @param message why, in one sentence
	 */
	public record LastError(Instant time, String message) {

	}

	/**
	 * Spans or log records since the start.
	 *
	 * @param exported delivered
	 * @param failed given up
	 * @param dropped not taken for want of room
	 */
	public record Items(long exported, long failed, long dropped) {

	}

	/**
	 * The export queue, with the batch that is being sent.
	 *
	 * @param size how many wait
	 * @param capacity how many can
	 */
	public record Queue(long size, int capacity) {

	}

}
