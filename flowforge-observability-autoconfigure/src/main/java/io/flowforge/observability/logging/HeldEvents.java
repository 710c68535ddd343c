package io.flowforge.observability.logging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest events that nobody can export yet. Not safe for use by many threads at once.
 */
final class HeldEvents {

	private final Deque<HeldEvent> events = new ArrayDeque<>();

	private int capacity;

	private long dropped;

	void setCapacity(int capacity) {
		this.capacity = capacity;
		dropOldest();
	}

	void add(HeldEvent event) {
		this.events.addLast(event);
		dropOldest();
	}

	private void dropOldest() {
		while (this.events.size() > this.capacity) {
			this.events.removeFirst();
			this.dropped++;
		}
	}

	List<HeldEvent> takeAll() {
		List<HeldEvent> all = new ArrayList<>(this.events);
		this.events.clear();
		return all;
	}

	/**
	 * Take the number of events that were dropped to make room.
	 * @return how many since the last call
	 */
	long takeDropped() {
		long count = this.dropped;
		this.dropped = 0;
		return count;
	}

}
