package io.flowforge.observability.logging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.flowforge.observability.logging.record.LogRecords;
import io.opentelemetry.context.Context;

/**
 * The way of Logback's events to the receiver of an application's telemetry. There is one
 * for a JVM, as there is one Logback.
 * <p>
 * The life of an event: the {@link OpenTelemetryAppender} at the root logger gives it to
 * the pipeline. While an application starts, the pipeline is <em>buffering</em>: the
 * {@link StartupLogBuffer} keeps the newest events. As soon as the application has an
 * exporter the pipeline is <em>exporting</em>: the buffered events and all that follow
 * become records of the application's logger provider ({@link LogRecords}), so that its
 * processors, limits and batches apply. When the application closes, or its start fails,
 * its exporter goes with its beans, and the pipeline is <em>buffering</em> again. Once
 * the last line is logged the pipeline is <em>flushing</em>: the
 * {@link ShutdownLogExporter} sends what is in the buffer, for as long as the
 * application's {@link io.flowforge.observability.export.ShutdownBudget} lasts. Then it
 * is <em>closed</em> until another application starts. Of several applications in one JVM
 * the newest that has an exporter exports, unless a test has activated another.
 * <p>
 * No lock is held while an event is formatted, made into a record or sent: all of that
 * runs code of the user, such as {@code toString()} of an argument.
 */
final class LogPipeline {

	static final LogPipeline INSTANCE = new LogPipeline();

	// All that can export, the newest last.
	private final Deque<LogRecords> applications = new ArrayDeque<>();

	// Read without the lock: it is on the way of every event.
	private volatile State state = Inactive.CLOSED;

	/**
	 * Take an event.
	 * @param event the event
	 * @param context the trace and the span it was logged in
	 */
	void accept(ILoggingEvent event, Context context) {
		boolean accepted = false;
		while (!accepted) {
			// A state refuses an event that was on its way when the state ended.
			accepted = this.state.accept(event, context);
		}
	}

	/**
	 * Buffer the events of an application that starts, unless another one exports them.
	 * @param capacity how many at most
	 * @param exporter sends them if the start fails
	 */
	void buffer(int capacity, ShutdownLogExporter exporter) {
		State before;
		synchronized (this) {
			before = this.state;
			if (!(before instanceof Exporting)) {
				this.state = new Buffering(new StartupLogBuffer(capacity), exporter);
			}
			// Spring Boot may have set logging up anew.
			OpenTelemetryAppender.attach();
		}
		// What an application whose start failed earlier in this JVM had to say.
		if (before instanceof Buffering failed) {
			failed.exporter().exportInBackground(failed.buffer().close());
		}
	}

	/**
	 * Export from now on, the buffered events first.
	 * @param application makes events into records of an application
	 * @param dropped takes the number of events that the buffer had no room for
	 */
	void export(LogRecords application, LongConsumer dropped) {
		State before;
		synchronized (this) {
			before = this.state;
			this.applications.remove(application);
			this.applications.addLast(application);
			this.state = new Exporting(application);
			OpenTelemetryAppender.attach();
		}
		if (before instanceof Buffering start) {
			List<BufferedEvent> events = start.buffer().close();
			dropped.accept(start.buffer().dropped());
			events.forEach((event) -> event.emitTo(application));
		}
	}

	/**
	 * Buffer again, or go on with another application of this JVM.
	 * @param application what is about to close
	 * @param capacity how many events to buffer at most
	 * @param exporter sends them
	 */
	synchronized void release(LogRecords application, int capacity, ShutdownLogExporter exporter) {
		this.applications.remove(application);
		LogRecords other = this.applications.peekLast();
		this.state = (other != null) ? new Exporting(other) : new Buffering(new StartupLogBuffer(capacity), exporter);
	}

	/**
	 * Send what is buffered and close, unless an application exports. Returns when that
	 * is done or the time for it is up.
	 */
	void flush() {
		State before;
		synchronized (this) {
			before = this.state;
			if (before instanceof Buffering) {
				this.state = Inactive.FLUSHING;
			}
		}
		if (before instanceof Buffering end) {
			end.exporter().export(end.buffer().close());
			close(Inactive.FLUSHING);
		}
	}

	/**
	 * Close without sending what is buffered, unless an application exports: one that
	 * does not has started, or is about to.
	 */
	synchronized void discard() {
		if (this.state instanceof Buffering) {
			close(this.state);
		}
		else if (this.state instanceof Exporting) {
			// Spring Boot may have set logging up anew.
			OpenTelemetryAppender.attach();
		}
	}

	// Another application may have started in the meantime.
	private synchronized void close(State expected) {
		if (this.state == expected) {
			this.state = Inactive.CLOSED;
			OpenTelemetryAppender.detach();
		}
	}

	/**
	 * What becomes of an event.
	 */
	private sealed interface State permits Buffering, Exporting, Inactive {

		/**
		 * Take an event.
		 * @param event the event
		 * @param context the trace and the span it was logged in
		 * @return whether the event was taken; if not, this state is over
		 */
		boolean accept(ILoggingEvent event, Context context);

	}

	private record Buffering(StartupLogBuffer buffer, ShutdownLogExporter exporter) implements State {

		@Override
		public boolean accept(ILoggingEvent event, Context context) {
			return this.buffer.add(event, context);
		}

	}

	private record Exporting(LogRecords application) implements State {

		@Override
		public boolean accept(ILoggingEvent event, Context context) {
			this.application.emit(event, context);
			return true;
		}

	}

	private enum Inactive implements State {

		FLUSHING, CLOSED;

		@Override
		public boolean accept(ILoggingEvent event, Context context) {
			return true;
		}

	}

}
