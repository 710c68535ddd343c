package io.flowforge.observability.export.statistics;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Counts each item of a signal's batches once, as exported or as failed. The SDK's batch
 * processors export one batch at a time, from one thread.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class BatchCounter {

	private final Signal signal;

	private final ExportStatistics statistics;

	private final Consumer<Throwable> notExported;

	private volatile Batch underWay = new Batch(0);

	/**
	 * Create an instance.
	 * @param signal the signal
	 * @param statistics where the items are counted
	 * @param notExported takes what kept a batch from reaching the exporters
	 */
	public BatchCounter(Signal signal, ExportStatistics statistics, Consumer<Throwable> notExported) {
		this.signal = signal;
		this.statistics = statistics;
		this.notExported = notExported;
	}

	/**
	 * Count what an exporter is given.
	 * @param exporter the exporter, or the filters in front of it
	 * @return the exporter, with its items counted
	 */
	public SpanExporter count(SpanExporter exporter) {
		return new CountedSpanExporter(exporter, this);
	}

	/**
	 * Count what an exporter is given.
	 * @param exporter the exporter
	 * @return the exporter, with its items counted
	 */
	public LogRecordExporter count(LogRecordExporter exporter) {
		return new CountedLogRecordExporter(exporter, this);
	}

	/**
	 * Export a batch, and count its items when it ends.
	 * @param items how many items it has
	 * @param export starts the export
	 * @return the result
	 */
	CompletableResultCode export(int items, Supplier<CompletableResultCode> export) {
		// If it has not ended, the batch processor has stopped waiting for it.
		this.underWay.end(false);
		Batch batch = new Batch(items);
		this.underWay = batch;
		try {
			CompletableResultCode result = export.get();
			return result.whenComplete(() -> batch.end(result.isSuccess()));
		}
		// Exporters are watched: this comes from a filter of the service's own.
		catch (Throwable ex) {
			batch.end(false);
			this.notExported.accept(ex);
			return CompletableResultCode.ofExceptionalFailure(ex);
		}
	}

	/**
	 * Return the batch that is being exported, or was last.
	 * @return the batch
	 */
	public Batch underWay() {
		return this.underWay;
	}

	/**
	 * A batch. All of its items have failed if one exporter fails; the SDK counts them
	 * alike.
	 */
	public final class Batch {

		private final int items;

		private final AtomicLong rejected = new AtomicLong();

		private final AtomicBoolean ended = new AtomicBoolean();

		Batch(int items) {
			this.items = items;
		}

		/**
		 * Note that a receiver took the batch but for some items. If several receivers
		 * do, it is not known whether they mean the same items: the highest number
		 * counts.
		 * @param count how many items
		 */
		public void reject(long count) {
			this.rejected.accumulateAndGet(Math.min(count, this.items), Math::max);
		}

		private void end(boolean success) {
			if (this.ended.compareAndSet(false, true)) {
				long failed = success ? this.rejected.get() : this.items;
				BatchCounter.this.statistics.countFinished(BatchCounter.this.signal, this.items - failed, failed);
			}
		}

	}

}
