package io.flowforge.observability.export;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

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

	ExporterHealthRegistry() {
		for (Signal signal : Signal.values()) {
			this.monitors.put(signal, new CopyOnWriteArrayList<>());
		}
	}

	/**
	 * Watch an exporter from now on.
	 * @param signal what it exports
	 * @param name its name
	 * @param exporter the exporter
	 * @return its monitor
	 */
	ExporterMonitor register(Signal signal, String name, Object exporter) {
		ExporterMonitor monitor = new ExporterMonitor(signal, name, exporter, this.outages);
		this.monitors.get(signal).add(monitor);
		return monitor;
	}

	/**
	 * Report that a batch did not reach any exporter.
	 * @param signal what was to be exported
	 * @param reason why it was not
	 */
	void failed(Signal signal, String reason) {
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
