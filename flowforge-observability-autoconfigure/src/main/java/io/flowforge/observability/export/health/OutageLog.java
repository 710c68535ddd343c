package io.flowforge.observability.export.health;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs one line when telemetry cannot be delivered to a receiver, and one when it can
 * again. Exporters that break together at the same receiver share the lines. Everything
 * in between is in {@code flowforge_telemetry_items_total}.
 */
final class OutageLog {

	private static final Log logger = LogFactory.getLog(OutageLog.class);

	private final Duration quietTime;

	private final InstantSource clock;

	// By the exporters that are failing.
	private final Map<ExporterMonitor, Outage> outages = new HashMap<>();

	private final Map<String, Instant> lastWarnings = new HashMap<>();

	/**
	 * Create an instance.
	 * @param quietTime how long there is no other warning about the same receiver: one
	 * that fails now and then does not fill the log
	 * @param clock says what time it is
	 */
	OutageLog(Duration quietTime, InstantSource clock) {
		this.quietTime = quietTime;
		this.clock = clock;
	}

	// No lock is held while a line is logged: where it goes is not ours.
	void broke(ExporterMonitor exporter) {
		ExporterHealth health = exporter.health();
		if (isNews(exporter, receiver(health))) {
			logger.warn(("Telemetry cannot be delivered: %s to %s fail with \"%s\"; %s. Failed items are lost until "
					+ "delivery recovers; flowforge_telemetry_items_total counts them, and this line is not repeated.")
				.formatted(exporter.signal().tag(), target(health), health.lastError(), last(health.lastSuccess())));
		}
	}

	void healed(ExporterMonitor exporter) {
		Outage outage = end(exporter);
		if (outage != null) {
			logger.info("Telemetry is delivered again to %s, after %d s.".formatted(outage.receiver,
					Duration.between(outage.since, this.clock.instant()).toSeconds()));
		}
	}

	private synchronized boolean isNews(ExporterMonitor exporter, String receiver) {
		Instant now = this.clock.instant();
		Outage outage = this.outages.computeIfAbsent(exporter, (key) -> outageOf(receiver, now));
		Instant lastWarning = this.lastWarnings.get(receiver);
		if (outage.reported || (lastWarning != null && isRecent(lastWarning, now))) {
			return false;
		}
		outage.reported = true;
		this.lastWarnings.put(receiver, now);
		return true;
	}

	private Outage outageOf(String receiver, Instant now) {
		return this.outages.values()
			.stream()
			.filter((outage) -> outage.receiver.equals(receiver) && isRecent(outage.since, now))
			.findFirst()
			.orElseGet(() -> new Outage(receiver, now));
	}

	private boolean isRecent(Instant time, Instant now) {
		return time.plus(this.quietTime).isAfter(now);
	}

	// The outage that has ended, if its beginning was reported.
	private synchronized @Nullable Outage end(ExporterMonitor exporter) {
		Outage outage = this.outages.remove(exporter);
		boolean over = outage != null && outage.reported && !this.outages.containsValue(outage);
		return over ? outage : null;
	}

	private static String target(ExporterHealth health) {
		return (health.address() != null) ? health.address() : "the exporter " + health.name();
	}

	private static String receiver(ExporterHealth health) {
		return (health.address() != null) ? URI.create(health.address()).getAuthority() : target(health);
	}

	private static String last(@Nullable Instant success) {
		return (success != null) ? "the last delivery was at " + success.truncatedTo(ChronoUnit.SECONDS)
				: "nothing was delivered before";
	}

	private static final class Outage {

		private final String receiver;

		private final Instant since;

		private boolean reported;

		Outage(String receiver, Instant since) {
			this.receiver = receiver;
			this.since = since;
		}

	}

}
