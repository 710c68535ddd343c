package io.flowforge.observability.export;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.flowforge.observability.export.otlp.RejectedItemsException;
import io.opentelemetry.sdk.common.CompletableResultCode;

/**
 * Watches the exports of one exporter.
 */
final class ExporterMonitor {

	private static final String NO_RESULT = "the exporter has not said how its last export ended";

	private final Signal signal;

	private final Object exporter;

	private final OutageLog outages;

	private volatile ExporterHealth health;

	private volatile CompletableResultCode underWay = CompletableResultCode.ofSuccess();

	ExporterMonitor(Signal signal, String name, Object exporter, OutageLog outages) {
		this.signal = signal;
		this.exporter = exporter;
		this.outages = outages;
		this.health = new ExporterHealth(name, null, null, null, null, null);
	}

	Signal signal() {
		return this.signal;
	}

	/**
	 * Return the health of the exporter as of now.
	 * @return the health
	 */
	ExporterHealth health() {
		// Late, because an exporter may ask for a token to describe itself.
		if (this.health.address() == null) {
			String address = ExporterAddress.of(this.exporter);
			update((health) -> health.withAddress(address));
		}
		return this.health;
	}

	/**
	 * Run an export, and report how it ends.
	 * @param batch what is exported
	 * @param items how many items of it the exporter is given
	 * @param export starts the export
	 * @return the result, a success also if only some of the items were rejected: the
	 * batch knows how many
	 */
	CompletableResultCode export(BatchCounter.Batch batch, int items, Supplier<CompletableResultCode> export) {
		giveUp(this.underWay);
		CompletableResultCode watched = new CompletableResultCode();
		this.underWay = watched;
		try {
			CompletableResultCode result = export.get();
			result.whenComplete(() -> end(result, batch, items, watched));
		}
		// An error, too, would end the thread of the SDK's batch processor.
		catch (Throwable ex) {
			failed("the exporter threw " + ExportFailure.thrown(ex));
			watched.failExceptionally(ex);
		}
		return watched;
	}

	// The batch processor waits for one export at a time, and not forever.
	private void giveUp(CompletableResultCode before) {
		if (!before.isDone()) {
			failed(NO_RESULT);
			before.fail();
		}
	}

	private void end(CompletableResultCode result, BatchCounter.Batch batch, int items, CompletableResultCode watched) {
		if (watched.isDone()) {
			return;
		}
		RejectedItemsException rejected = RejectedItemsException.in(result.getFailureThrowable());
		if (result.isSuccess()) {
			update(ExporterHealth::succeeded);
			this.outages.healed(this);
			watched.succeed();
		}
		else if (rejected != null) {
			batch.reject(rejected.getItems());
			failed("%d of %d items were rejected: %s".formatted(Math.min(rejected.getItems(), items), items,
					ExportFailure.describe(rejected)));
			watched.succeed();
		}
		else {
			failed(ExportFailure.reason(result.getFailureThrowable()));
			watched.failExceptionally(result.getFailureThrowable());
		}
	}

	void failed(String reason) {
		update((health) -> health.failed(reason));
		this.outages.broke(this);
	}

	private synchronized void update(UnaryOperator<ExporterHealth> change) {
		this.health = change.apply(this.health);
	}

}
