package io.flowforge.observability.tracing.sampling;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/**
 * Holds the spans of traces that are not sampled until it is known whether they are worth
 * keeping. A local root is the first span of a trace in this service; the trace is over
 * when its last local root has ended. Holds a bounded number of spans: beyond it, the
 * oldest traces are given up.
 * <p>
 * One lock for all: it is held for a few map operations.
 */
final class UnsampledTraceBuffer {

	// Spans that end after their request, such as those of work in the background, find
	// out from these that it was kept.
	private static final int REMEMBERED = 1024;

	private final int maxSpans;

	private final long maxAgeNanos;

	private final LongSupplier nanoTime;

	// In the order in which they started.
	private final Map<String, UnsampledTrace> underWay = new LinkedHashMap<>();

	private final Map<String, Boolean> over = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > REMEMBERED;
		}

	};

	private int size;

	private long kept;

	private long evictedForSpace;

	private long evictedForAge;

	UnsampledTraceBuffer(int maxSpans, Duration maxAge, LongSupplier nanoTime) {
		this.maxSpans = maxSpans;
		this.maxAgeNanos = maxAge.toNanos();
		this.nanoTime = nanoTime;
	}

	synchronized void rootStarted(String traceId) {
		long now = this.nanoTime.getAsLong();
		evictOlderThanMaxAge(now);
		this.underWay.computeIfAbsent(traceId, (id) -> new UnsampledTrace(now)).rootStarted();
		this.size++;
		evictBeyondMaxSpans();
	}

	/**
	 * Hold a span, or let it go where that has been decided.
	 * @param traceId the trace
	 * @param span a span that has ended and is not a local root
	 * @return whether the span is to be exported
	 */
	synchronized boolean childEnded(String traceId, ReadableSpan span) {
		UnsampledTrace trace = this.underWay.get(traceId);
		if (trace == null) {
			return this.over.containsKey(traceId);
		}
		if (trace.isKept()) {
			return true;
		}
		trace.childEnded(span);
		this.size++;
		evictBeyondMaxSpans();
		return false;
	}

	/**
	 * Decide what becomes of a trace.
	 * @param traceId the trace
	 * @param root the local root that has ended
	 * @param keep whether it is a reason to keep the trace
	 * @return the spans to export: all that have ended so far, or none
	 */
	synchronized List<ReadableSpan> rootEnded(String traceId, ReadableSpan root, boolean keep) {
		UnsampledTrace trace = this.underWay.get(traceId);
		if (trace == null) {
			return rootOfEvictedTraceEnded(traceId, root, keep);
		}
		if (keep) {
			keep(trace);
		}
		trace.rootEnded(root);
		int held = trace.size();
		List<ReadableSpan> released = trace.isKept() ? trace.release() : List.of();
		if (trace.isOver()) {
			this.underWay.remove(traceId);
			this.size -= held;
			if (trace.isKept()) {
				this.over.put(traceId, true);
			}
		}
		else {
			this.size -= released.size();
		}
		return released;
	}

	/**
	 * Keep a trace that is under way.
	 * @param traceId the trace
	 */
	synchronized void keep(String traceId) {
		UnsampledTrace trace = this.underWay.get(traceId);
		if (trace != null) {
			keep(trace);
		}
	}

	synchronized boolean isKept(String traceId) {
		UnsampledTrace trace = this.underWay.get(traceId);
		return (trace != null) ? trace.isKept() : this.over.containsKey(traceId);
	}

	/**
	 * For how long a trace has been under way.
	 * @param traceId the trace
	 * @return the time in nanoseconds, 0 if it is not under way
	 */
	synchronized long ageNanos(String traceId) {
		UnsampledTrace trace = this.underWay.get(traceId);
		return (trace != null) ? trace.ageNanos(this.nanoTime.getAsLong()) : 0;
	}

	/**
	 * The number of spans held, at most the bound.
	 * @return the number of spans
	 */
	synchronized int size() {
		evictOlderThanMaxAge(this.nanoTime.getAsLong());
		return this.size;
	}

	synchronized long keptCount() {
		return this.kept;
	}

	synchronized long evictedForSpaceCount() {
		return this.evictedForSpace;
	}

	synchronized long evictedForAgeCount() {
		return this.evictedForAge;
	}

	private void keep(UnsampledTrace trace) {
		if (!trace.isKept()) {
			trace.keep();
			this.kept++;
		}
	}

	// What is left is exported: that the request failed is more than nothing.
	private List<ReadableSpan> rootOfEvictedTraceEnded(String traceId, ReadableSpan root, boolean keep) {
		if (keep && this.over.put(traceId, true) == null) {
			this.kept++;
		}
		return this.over.containsKey(traceId) ? List.of(root) : List.of();
	}

	private void evictOlderThanMaxAge(long now) {
		UnsampledTrace eldest = eldest();
		while (eldest != null && eldest.ageNanos(now) > this.maxAgeNanos) {
			evictEldest();
			this.evictedForAge++;
			eldest = eldest();
		}
	}

	private void evictBeyondMaxSpans() {
		while (this.size > this.maxSpans) {
			evictEldest();
			this.evictedForSpace++;
		}
	}

	private @Nullable UnsampledTrace eldest() {
		Iterator<UnsampledTrace> traces = this.underWay.values().iterator();
		return traces.hasNext() ? traces.next() : null;
	}

	private void evictEldest() {
		Iterator<UnsampledTrace> traces = this.underWay.values().iterator();
		this.size -= traces.next().size();
		traces.remove();
	}

}
