package io.flowforge.observability.tracing.sampling;

import java.util.ArrayList;
import java.util.List;

import io.opentelemetry.sdk.trace.ReadableSpan;

/**
 * The spans of a trace that is not sampled and still under way in this service. Not
 * thread-safe.
 */
final class UnsampledTrace {

	private final long startedNanos;

	// More than one where the service calls itself.
	private int openRoots;

	private boolean kept;

	private final List<ReadableSpan> ended = new ArrayList<>();

	UnsampledTrace(long startedNanos) {
		this.startedNanos = startedNanos;
	}

	void rootStarted() {
		this.openRoots++;
	}

	void rootEnded(ReadableSpan root) {
		this.openRoots--;
		this.ended.add(root);
	}

	void childEnded(ReadableSpan child) {
		this.ended.add(child);
	}

	void keep() {
		this.kept = true;
	}

	boolean isKept() {
		return this.kept;
	}

	boolean isOver() {
		return this.openRoots == 0;
	}

	long ageNanos(long nowNanos) {
		return nowNanos - this.startedNanos;
	}

	// A root counts from its start: a request that never ends is held, too.
	int size() {
		return this.openRoots + this.ended.size();
	}

	List<ReadableSpan> release() {
		List<ReadableSpan> released = List.copyOf(this.ended);
		this.ended.clear();
		return released;
	}

}
