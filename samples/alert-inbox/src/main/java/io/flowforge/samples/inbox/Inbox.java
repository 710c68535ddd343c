package io.flowforge.samples.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

import org.springframework.stereotype.Component;

/**
 * The newest messages, in memory.
 */
@Component
class Inbox {

	/** Longest message that is taken, in bytes. */
	static final int MAX_MESSAGE_SIZE = 1024 * 1024;

	static final int MAX_MESSAGES = 500;

	/** Keeps 500 messages of the greatest length from filling the heap. */
	static final long MAX_TOTAL_SIZE = 32L * MAX_MESSAGE_SIZE;

	private final Deque<Message> newestFirst = new ArrayDeque<>();

	private long totalSize;

	// Starts at the time so that ids still grow when the inbox was restarted.
	private long lastId = System.currentTimeMillis();

	synchronized Message add(LongFunction<Message> withId) {
		Message message = withId.apply(++this.lastId);
		this.newestFirst.addFirst(message);
		this.totalSize += message.raw().length();
		while (this.newestFirst.size() > MAX_MESSAGES || this.totalSize > MAX_TOTAL_SIZE) {
			this.totalSize -= this.newestFirst.removeLast().raw().length();
		}
		return message;
	}

	/**
	 * Messages, newest first.
	 * @param id only messages that came after this one; 0 for all
	 * @return the messages
	 */
	synchronized List<Message> after(long id) {
		return this.newestFirst.stream().takeWhile((message) -> message.id() > id).toList();
	}

	synchronized int size() {
		return this.newestFirst.size();
	}

	synchronized void clear() {
		this.newestFirst.clear();
		this.totalSize = 0;
	}

}
