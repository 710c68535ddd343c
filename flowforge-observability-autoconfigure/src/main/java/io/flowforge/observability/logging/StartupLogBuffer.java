package io.flowforge.observability.logging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.context.Context;

/**
 * Keeps the newest events until there is an exporter. Filled once and emptied once.
 */
final class StartupLogBuffer {

	private final int capacity;

	private final Deque<BufferedEvent> events = new ArrayDeque<>();

	private long dropped;

	private boolean closed;

	StartupLogBuffer(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Add an event, in place of the oldest one if there is no room.
	 * @param event the event
	 * @param context the trace and the span it was logged in
	 * @return whether the event was added; {@code false} if the buffer has been closed
	 */
	boolean add(ILoggingEvent event, Context context) {
		// Formats the message, so it must stay outside of the lock: toString() of an
		// argument may wait for another thread that logs.
		BufferedEvent buffered = BufferedEvent.of(event, context);
		synchronized (this) {
			if (this.closed) {
				return false;
			}
			this.events.addLast(buffered);
			if (this.events.size() > this.capacity) {
				this.events.removeFirst();
				this.dropped++;
			}
			return true;
		}
	}

	/**
	 * Take no more events.
	 * @return those that were added, the oldest first
	 */
	synchronized List<BufferedEvent> close() {
		List<BufferedEvent> all = new ArrayList<>(this.events);
		this.events.clear();
		this.closed = true;
		return all;
	}

	/**
	 * Return how many events had to make room for others.
	 * @return the number of events
	 */
	synchronized long dropped() {
		return this.dropped;
	}

}
