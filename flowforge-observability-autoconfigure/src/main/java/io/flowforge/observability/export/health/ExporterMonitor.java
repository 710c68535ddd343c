package io.flowforge.observability.export.health;

import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.flowforge.observability.export.otlp.RejectedItemsException;
import io.flowforge.observability.export.statistics.Signal;
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
	 * @param rejected takes the number of items that a receiver did not take of a batch
	 * @param items how many items the exporter is given
	 * @param export starts the export
	 * @return the result, a success also if only some of the items were rejected
	 */
	CompletableResultCode export(LongConsumer rejected, int items, Supplier<CompletableResultCode> export) {
		giveUp(this.underWay);
		CompletableResultCode watched = new CompletableResultCode();
		this.underWay = watched;
		try {
			CompletableResultCode result = export.get();
			result.whenComplete(() -> end(result, rejected, items, watched));
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

	private void end(CompletableResultCode result, LongConsumer rejected, int items, CompletableResultCode watched) {
		if (watched.isDone()) {
			return;
		}
		RejectedItemsException rejection = RejectedItemsException.in(result.getFailureThrowable());
		if (result.isSuccess()) {
			update(ExporterHealth::succeeded);
			this.outages.healed(this);
			watched.succeed();
		}
		else if (rejection != null) {
			rejected.accept(rejection.getItems());
			failed("%d of %d items were rejected: %s".formatted(Math.min(rejection.getItems(), items), items,
					ExportFailure.describe(rejection)));
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
