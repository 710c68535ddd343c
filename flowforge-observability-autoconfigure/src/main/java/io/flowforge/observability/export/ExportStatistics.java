package io.flowforge.observability.export;

import java.util.EnumMap;
import java.util.Map;

/**
 * Spans and log records by what has become of them. Their sum is what the service has
 * made for export, to the item, whenever nothing is on the move.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public final class ExportStatistics {

	private static final String QUEUE_FULL = "queue_full";

	private final SdkSelfMetrics measurements;

	private final ProducedItems produced;

	private final Map<Signal, Integer> capacities = new EnumMap<>(Signal.class);

	ExportStatistics(SdkSelfMetrics measurements, ProducedItems produced) {
		this.measurements = measurements;
		this.produced = produced;
	}

	/**
	 * Count the items of a signal from now on.
	 * @param signal which items
	 * @param capacity how many of them can wait
	 */
	void count(Signal signal, int capacity) {
		this.capacities.put(signal, capacity);
	}

	public boolean areCounted(Signal signal) {
		return this.capacities.containsKey(signal);
	}

	public long exported(Signal signal) {
		return this.measurements.processed(signal, (errorType) -> errorType == null);
	}

	public long failed(Signal signal) {
		return this.measurements.processed(signal, (errorType) -> errorType != null && !errorType.equals(QUEUE_FULL));
	}

	public long dropped(Signal signal) {
		return this.measurements.processed(signal, QUEUE_FULL::equals) + droppedEarly(signal);
	}

	private long droppedEarly(Signal signal) {
		return (signal == Signal.LOGS) ? this.produced.droppedLogRecords() : 0;
	}

	/**
	 * The items that wait, those of the batch that is being sent included.
	 * @param signal which items
	 * @return how many
	 */
	public long queued(Signal signal) {
		// In this order: what is produced meanwhile is waiting, and nothing is below 0.
		long processed = this.measurements.processed(signal, (errorType) -> true);
		return switch (signal) {
			case TRACES -> this.produced.spans() - processed;
			case LOGS -> this.produced.logRecords() - processed;
		};
	}

	public int capacity(Signal signal) {
		return this.capacities.getOrDefault(signal, 0);
	}

}
