package io.flowforge.observability.logging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to the application context that can export them, of several the newest.
 * Before there is one, and after the last has gone, the newest events are held: for the
 * next application context, or for {@link LastLines} where none comes. There is one relay
 * for a JVM, as there is one Logback.
 */
final class LogRelay {

	static final LogRelay INSTANCE = new LogRelay();

	private final HeldEvents held = new HeldEvents();

	private final Deque<LogRecords> applications = new ArrayDeque<>();

	private @Nullable LastLines lastLines;

	// Null while events are held. Read without the lock: it is on the way of every event.
	private volatile @Nullable LogRecords current;

	/**
	 * Hold the events of an application that starts.
	 * @param capacity how many at most
	 * @param lastLines what exports them should the start fail
	 */
	void open(int capacity, LastLines lastLines) {
		// What an application that failed earlier in this JVM had to say.
		finish(LastLines::deliverInBackground);
		synchronized (this) {
			this.held.setCapacity(capacity);
			this.held.takeDropped();
			this.lastLines = lastLines;
		}
	}

	/**
	 * Export from now on, beginning with what is held.
	 * @param application turns events into records of an application that is alive
	 * @param dropped takes the number of events that could not be held
	 */
	synchronized void connect(LogRecords application, LongConsumer dropped) {
		this.applications.addLast(application);
		this.current = application;
		dropped.accept(this.held.takeDropped());
		this.held.takeAll().forEach((event) -> event.emitTo(application));
	}

	/**
	 * Hold events again, or go on with another application of this JVM.
	 * @param application which has begun to close
	 * @param lastLines what exports events from now on, should no application do so
	 */
	synchronized void disconnect(LogRecords application, LastLines lastLines) {
		this.applications.remove(application);
		this.current = this.applications.peekLast();
		this.lastLines = lastLines;
	}

	synchronized boolean isConnected() {
		return !this.applications.isEmpty();
	}

	void accept(ILoggingEvent event, Context context) {
		LogRecords application = this.current;
		if (application == null) {
			application = hold(event, context);
		}
		if (application != null) {
			application.emit(event, context);
		}
	}

	// An application may have come in the meantime.
	private synchronized @Nullable LogRecords hold(ILoggingEvent event, Context context) {
		if (this.current == null) {
			this.held.add(HeldEvent.of(event, context));
		}
		return this.current;
	}

	/**
	 * Export what is held, unless an application is there to do it, and hold no more.
	 */
	void close() {
		finish(LastLines::deliver);
	}

	private void finish(BiConsumer<LastLines, List<HeldEvent>> delivery) {
		LastLines target;
		List<HeldEvent> events;
		synchronized (this) {
			if (isConnected()) {
				return;
			}
			target = this.lastLines;
			this.lastLines = null;
			events = this.held.takeAll();
			this.held.setCapacity(0);
		}
		if (target != null && !events.isEmpty()) {
			delivery.accept(target, events);
		}
	}

	/**
	 * Forget what is held: nobody will export it.
	 */
	synchronized void discard() {
		this.lastLines = null;
		this.held.setCapacity(0);
		this.held.takeDropped();
	}

}
