package io.flowforge.observability.tracing.sampling;

import java.util.ArrayList;
import java.util.List;

import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/**
 * The buffered spans of an unsampled trace that is not complete. Not thread-safe.
 */
final class UnsampledTrace {

	private final long startedNanos;

	// More than one if the service calls itself.
	private int openRoots;

	private boolean sampled;

	private @Nullable String acquittedRoot;

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

	void sample() {
		this.sampled = true;
	}

	void acquit(String rootSpanId) {
		this.acquittedRoot = rootSpanId;
	}

	boolean isAcquitted(ReadableSpan root) {
		return root.getSpanContext().getSpanId().equals(this.acquittedRoot);
	}

	boolean isSampled() {
		return this.sampled;
	}

	boolean isComplete() {
		return this.openRoots == 0;
	}

	long ageNanos(long nowNanos) {
		return nowNanos - this.startedNanos;
	}

	// A root counts from its start, so that requests that never end are bounded, too.
	int size() {
		return this.openRoots + this.ended.size();
	}

	List<ReadableSpan> release() {
		List<ReadableSpan> released = List.copyOf(this.ended);
		this.ended.clear();
		return released;
	}

}
