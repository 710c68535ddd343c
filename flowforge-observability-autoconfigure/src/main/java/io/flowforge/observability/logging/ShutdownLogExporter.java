package io.flowforge.observability.logging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.flowforge.observability.export.ShutdownBudget;
import io.flowforge.observability.export.health.ExportFailure;
import io.flowforge.observability.logging.record.LogRecordSettings;
import io.flowforge.observability.logging.record.LogRecords;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends the last log lines of an application: why its start failed, or what was logged
 * when its beans were gone. The end of the JVM waits for it, so its time is limited,
 * whatever the receiver does.
 */
final class ShutdownLogExporter {

	private static final Log logger = LogFactory.getLog(ShutdownLogExporter.class);

	private final Supplier<Optional<ExportTarget>> target;

	private final LogRecordSettings settings;

	private final ShutdownBudget budget;

	/**
	 * Create an instance.
	 * @param target where the lines go, empty if nothing is exported. Asked only when
	 * there is something to send
	 * @param settings what the service has set for its records
	 * @param budget how long it may take
	 */
	ShutdownLogExporter(Supplier<Optional<ExportTarget>> target, LogRecordSettings settings, ShutdownBudget budget) {
		this.target = target;
		this.settings = settings;
		this.budget = budget;
	}

	/**
	 * Send events. Returns when they are sent or the time is up.
	 * @param events the events
	 */
	void export(List<BufferedEvent> events) {
		if (events.isEmpty()) {
			return;
		}
		Duration timeout = this.budget.left();
		AtomicReference<@Nullable String> problem = new AtomicReference<>(
				"no answer within %d ms".formatted(timeout.toMillis()));
		AtomicReference<@Nullable ExportTarget> open = new AtomicReference<>();
		try {
			inBackground(() -> problem.set(send(events, open))).join(timeout.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (problem.get() != null) {
			cancel(open.get());
			logger.warn("The last %d log lines could not be exported: %s".formatted(events.size(), problem.get()));
		}
	}

	/**
	 * Send events without waiting for the end of it.
	 * @param events the events
	 */
	void exportInBackground(List<BufferedEvent> events) {
		if (!events.isEmpty()) {
			inBackground(() -> send(events, new AtomicReference<>()));
		}
	}

	private static Thread inBackground(Runnable work) {
		Thread thread = new Thread(work, "flowforge-shutdown-log-exporter");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	// The JVM would wait 0.3 s for a thread that reads from a socket, daemon or not.
	private static void cancel(@Nullable ExportTarget open) {
		if (open != null) {
			open.close();
		}
	}

	private @Nullable String send(List<BufferedEvent> events, AtomicReference<@Nullable ExportTarget> open) {
		try {
			Optional<ExportTarget> target = this.target.get();
			if (target.isEmpty()) {
				return null;
			}
			try (ExportTarget exporting = target.get()) {
				open.set(exporting);
				CompletableResultCode result = exporting.exporter().export(records(events, exporting));
				return result.join(1, TimeUnit.MINUTES).isSuccess() ? null
						: ExportFailure.reason(result.getFailureThrowable());
			}
		}
		// What made the start fail may make this fail, too.
		catch (RuntimeException | LinkageError ex) {
			return ExportFailure.reason(ex);
		}
	}

	private List<LogRecordData> records(List<BufferedEvent> events, ExportTarget target) {
		List<LogRecordData> data = new ArrayList<>(events.size());
		try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
			.setResource(target.resource())
			.setLogLimits(target::limits)
			.addLogRecordProcessor((context, logRecord) -> data.add(logRecord.toLogRecordData()))
			.build()) {
			LogRecords records = new LogRecords(provider, target.limits(), this.settings);
			events.forEach((event) -> event.emitTo(records));
		}
		return data;
	}

}
