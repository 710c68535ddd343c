package io.flowforge.observability.export;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.opentelemetry.sdk.common.CompletableResultCode;

/**
 * Counts each item of a signal's batches once, as exported or as failed. The SDK's batch
 * processors export one batch at a time, from one thread.
 */
final class BatchCounter {

	private final Signal signal;

	private final ExportStatistics statistics;

	private final ExporterHealthRegistry health;

	private volatile Batch underWay = new Batch(0);

	/**
	 * Create an instance.
	 * @param signal the signal
	 * @param statistics where the items are counted
	 * @param health where a batch that did not even reach the exporters is reported
	 */
	BatchCounter(Signal signal, ExportStatistics statistics, ExporterHealthRegistry health) {
		this.signal = signal;
		this.statistics = statistics;
		this.health = health;
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
			this.health.failed(this.signal, "before the export, a filter threw " + ExportFailure.thrown(ex));
			return CompletableResultCode.ofExceptionalFailure(ex);
		}
	}

	/**
	 * Return the batch that is being exported, or was last.
	 * @return the batch
	 */
	Batch underWay() {
		return this.underWay;
	}

	/**
	 * A batch. All of its items have failed if one exporter fails; the SDK counts them
	 * alike.
	 */
	final class Batch {

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
		void reject(long count) {
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
