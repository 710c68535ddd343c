package io.flowforge.observability.export.health;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.flowforge.observability.export.statistics.BatchCounter;
import io.flowforge.observability.export.statistics.Signal;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Knows the health of every exporter.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class ExporterHealthRegistry {

	private final Map<Signal, List<ExporterMonitor>> monitors = new EnumMap<>(Signal.class);

	private final OutageLog outages = new OutageLog(Duration.ofMinutes(1), InstantSource.system());

	/**
	 * Create an instance that knows no exporter yet.
	 */
	public ExporterHealthRegistry() {
		for (Signal signal : Signal.values()) {
			this.monitors.put(signal, new CopyOnWriteArrayList<>());
		}
	}

	/**
	 * Watch an exporter from now on.
	 * @param name its name
	 * @param exporter the exporter
	 * @param batches counts the items that it exports
	 * @return the exporter, with its exports watched
	 */
	public SpanExporter monitor(String name, SpanExporter exporter, BatchCounter batches) {
		return new MonitoredSpanExporter(exporter, register(Signal.TRACES, name, exporter), batches);
	}

	/**
	 * Watch an exporter from now on.
	 * @param name its name
	 * @param exporter the exporter
	 * @param batches counts the items that it exports
	 * @return the exporter, with its exports watched
	 */
	public LogRecordExporter monitor(String name, LogRecordExporter exporter, BatchCounter batches) {
		return new MonitoredLogRecordExporter(exporter, register(Signal.LOGS, name, exporter), batches);
	}

	private ExporterMonitor register(Signal signal, String name, Object exporter) {
		ExporterMonitor monitor = new ExporterMonitor(signal, name, exporter, this.outages);
		this.monitors.get(signal).add(monitor);
		return monitor;
	}

	/**
	 * Report that a batch did not reach any exporter, because a filter of the service's
	 * own threw an exception.
	 * @param signal what was to be exported
	 * @param thrown the exception
	 */
	public void notExported(Signal signal, Throwable thrown) {
		String reason = "before the export, a filter threw " + ExportFailure.thrown(thrown);
		this.monitors.get(signal).forEach((monitor) -> monitor.failed(reason));
	}

	/**
	 * Return the health of each exporter of a signal, as of now.
	 * @param signal the signal
	 * @return the health of its exporters, empty if it is not exported
	 */
	public List<ExporterHealth> health(Signal signal) {
		return this.monitors.get(signal).stream().map(ExporterMonitor::health).toList();
	}

}
