package io.flowforge.observability.logging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.flowforge.observability.redaction.SecretKeys;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Exports the events that come when no application context is there to do it: why a start
 * failed, and what is said after the beans have gone. The end of the JVM waits for it, so
 * its time is limited, whatever the receiver does.
 */
final class LastLines {

	private static final Log logger = LogFactory.getLog(LastLines.class);

	private final Supplier<Optional<ExportTarget>> target;

	private final SecretKeys secretKeys;

	private final Supplier<Duration> patience;

	/**
	 * Create an instance.
	 * @param target says where to, once it is asked; empty if there is nowhere
	 * @param secretKeys the keys whose values are not exported
	 * @param patience says how long it may take, once it is asked
	 */
	LastLines(Supplier<Optional<ExportTarget>> target, SecretKeys secretKeys, Supplier<Duration> patience) {
		this.target = target;
		this.secretKeys = secretKeys;
		this.patience = patience;
	}

	void deliver(List<HeldEvent> events) {
		Duration patience = this.patience.get();
		AtomicReference<@Nullable String> problem = new AtomicReference<>(
				"no answer within %d ms".formatted(patience.toMillis()));
		AtomicReference<@Nullable ExportTarget> open = new AtomicReference<>();
		try {
			inBackground(() -> problem.set(export(events, open))).join(patience.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (problem.get() != null) {
			cancel(open.get());
			logger.warn("The last %d log lines could not be exported: %s".formatted(events.size(), problem.get()));
		}
	}

	void deliverInBackground(List<HeldEvent> events) {
		inBackground(() -> export(events, new AtomicReference<>()));
	}

	private static Thread inBackground(Runnable work) {
		Thread thread = new Thread(work, "flowforge-last-lines");
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

	private @Nullable String export(List<HeldEvent> events, AtomicReference<@Nullable ExportTarget> open) {
		try {
			Optional<ExportTarget> target = this.target.get();
			if (target.isEmpty()) {
				return null;
			}
			try (ExportTarget exporting = target.get()) {
				open.set(exporting);
				CompletableResultCode result = exporting.exporter().export(records(events, exporting));
				return result.join(1, TimeUnit.MINUTES).isSuccess() ? null : reason(result.getFailureThrowable());
			}
		}
		// What made the start fail may make this fail, too.
		catch (RuntimeException | LinkageError ex) {
			return reason(ex);
		}
	}

	private List<LogRecordData> records(List<HeldEvent> events, ExportTarget target) {
		List<LogRecordData> data = new ArrayList<>(events.size());
		try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
			.setResource(target.resource())
			.setLogLimits(target::limits)
			.addLogRecordProcessor((context, logRecord) -> data.add(logRecord.toLogRecordData()))
			.build()) {
			LogRecords records = new LogRecords(provider, this.secretKeys);
			events.forEach((event) -> event.emitTo(records));
		}
		return data;
	}

	private static String reason(@Nullable Throwable failure) {
		return (failure != null) ? failure.toString() : "the receiver refused them";
	}

}
