package io.flowforge.observability.export;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many spans and log records this service has made for export. What has become of
 * them is for others to say; the difference is still waiting.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class ProducedItems {

	private final LongAdder spans = new LongAdder();

	private final LongAdder logRecords = new LongAdder();

	private final LongAdder droppedLogRecords = new LongAdder();

	/**
	 * Count a span that is given to the export queue.
	 */
	public void spanEnded() {
		this.spans.increment();
	}

	/**
	 * Count a log record that is given to the export queue.
	 */
	public void logRecordEmitted() {
		this.logRecords.increment();
	}

	/**
	 * Count log records that were dropped before there was a queue to give them to.
	 * @param count how many
	 */
	public void logRecordsDropped(long count) {
		this.droppedLogRecords.add(count);
	}

	/**
	 * The spans given to the export queue.
	 * @return how many
	 */
	public long spans() {
		return this.spans.sum();
	}

	/**
	 * The log records given to the export queue.
	 * @return how many
	 */
	public long logRecords() {
		return this.logRecords.sum();
	}

	/**
	 * The log records that were dropped before there was a queue.
	 * @return how many
	 */
	public long droppedLogRecords() {
		return this.droppedLogRecords.sum();
	}

}
