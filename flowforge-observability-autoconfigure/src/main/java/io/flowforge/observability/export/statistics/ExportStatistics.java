package io.flowforge.observability.export.statistics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessorBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessorBuilder;

/**
 * How many spans and log records the service has produced for export, and their results:
 * {@code exported + failed + dropped + queued = produced}, exactly, whenever nothing is
 * in flight.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class ExportStatistics {

	private final Map<Signal, Counts> counts = new EnumMap<>(Signal.class);

	ExportStatistics() {
		for (Signal signal : Signal.values()) {
			this.counts.put(signal, new Counts());
		}
	}

	/**
	 * Count an item that is given to the export queue.
	 * @param signal which kind of item
	 */
	public void countProduced(Signal signal) {
		of(signal).produced.increment();
	}

	/**
	 * Count items that were dropped before there was a queue to give them to.
	 * @param signal which kind of items
	 * @param items how many
	 */
	public void countDropped(Signal signal, long items) {
		of(signal).dropped.add(items);
	}

	void countFinished(Signal signal, long exported, long failed) {
		of(signal).exported.add(exported);
		of(signal).failed.add(failed);
	}

	/**
	 * Return the items that were delivered.
	 * @param signal which kind of items
	 * @return how many
	 */
	public long exported(Signal signal) {
		return of(signal).exported.sum();
	}

	/**
	 * Return the items that were given up after an attempt to deliver them.
	 * @param signal which kind of items
	 * @return how many
	 */
	public long failed(Signal signal) {
		return of(signal).failed.sum();
	}

	/**
	 * Return the items for which there was no room.
	 * @param signal which kind of items
	 * @return how many
	 */
	public long dropped(Signal signal) {
		return of(signal).queueFull.dropped() + of(signal).dropped.sum();
	}

	/**
	 * Return the items that wait, those of the batch that is being exported included.
	 * @param signal which kind of items
	 * @return how many
	 */
	public long queued(Signal signal) {
		// In this order: what is produced meanwhile is waiting, and nothing is below 0.
		long done = exported(signal) + failed(signal) + of(signal).queueFull.dropped();
		return of(signal).produced.sum() - done;
	}

	/**
	 * Count also what a batch processor drops because its queue is full.
	 * @param processor the processor
	 * @param capacity how many items can wait: a full queue and a batch
	 */
	public void measure(BatchSpanProcessorBuilder processor, int capacity) {
		Counts counts = of(Signal.TRACES);
		processor.setMeterProvider(counts.queueFull).setInternalTelemetryVersion(InternalTelemetryVersion.LATEST);
		counts.capacity = capacity;
	}

	/**
	 * Count also what a batch processor drops because its queue is full.
	 * @param processor the processor
	 * @param capacity how many items can wait: a full queue and a batch
	 */
	public void measure(BatchLogRecordProcessorBuilder processor, int capacity) {
		Counts counts = of(Signal.LOGS);
		processor.setMeterProvider(counts.queueFull).setInternalTelemetryVersion(InternalTelemetryVersion.LATEST);
		counts.capacity = capacity;
	}

	/**
	 * Return how many items can wait: a full queue and a batch.
	 * @param signal which kind of items
	 * @return how many, 0 if this signal is not exported
	 */
	public int capacity(Signal signal) {
		return of(signal).capacity;
	}

	private Counts of(Signal signal) {
		return this.counts.get(signal);
	}

	private static final class Counts {

		private final LongAdder produced = new LongAdder();

		private final LongAdder exported = new LongAdder();

		private final LongAdder failed = new LongAdder();

		private final LongAdder dropped = new LongAdder();

		private final QueueFullCounter queueFull = new QueueFullCounter();

		private volatile int capacity;

	}

}
