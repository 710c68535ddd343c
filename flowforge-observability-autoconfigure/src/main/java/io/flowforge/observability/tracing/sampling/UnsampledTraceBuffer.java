package io.flowforge.observability.tracing.sampling;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.flowforge.observability.tracing.exemplars.TailSampledTraces;
import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/**
 * Buffers the spans of unsampled traces until the sampling decision is made. A local root
 * is the first span of a trace in this service; the trace is complete when its last local
 * root has ended. The number of buffered spans is bounded: beyond it, the oldest traces
 * are evicted.
 * <p>
 * One lock for all: it is held for a few map operations.
 */
final class UnsampledTraceBuffer implements TailSampledTraces {

	// For spans that end after their request, such as those of work in the background.
	private static final int MAX_COMPLETED = 1024;

	private final int maxSpans;

	private final long maxAgeNanos;

	private final LongSupplier nanoTime;

	// In the order in which they started.
	private final Map<String, UnsampledTrace> active = new LinkedHashMap<>();

	private final Map<String, Boolean> completedAndSampled = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MAX_COMPLETED;
		}

	};

	private int size;

	private long sampled;

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
		this.active.computeIfAbsent(traceId, (id) -> new UnsampledTrace(now)).rootStarted();
		this.size++;
		evictBeyondMaxSpans();
	}

	/**
	 * Buffer a span, unless the decision about its trace has been made.
	 * @param traceId the trace
	 * @param span a span that has ended and is not a local root
	 * @return whether the span is to be exported
	 */
	synchronized boolean childEnded(String traceId, ReadableSpan span) {
		UnsampledTrace trace = this.active.get(traceId);
		if (trace == null) {
			return this.completedAndSampled.containsKey(traceId);
		}
		if (trace.isSampled()) {
			return true;
		}
		trace.childEnded(span);
		this.size++;
		evictBeyondMaxSpans();
		return false;
	}

	/**
	 * End a local root, and decide about its trace.
	 * @param traceId the trace
	 * @param root the local root that has ended
	 * @param sample whether this root is a reason to sample the trace
	 * @return the spans to export: all that have ended so far, or none
	 */
	synchronized List<ReadableSpan> rootEnded(String traceId, ReadableSpan root, boolean sample) {
		UnsampledTrace trace = this.active.get(traceId);
		if (trace == null) {
			return rootOfEvictedTraceEnded(traceId, root, sample);
		}
		if (sample && !trace.isAcquitted(root)) {
			sample(trace);
		}
		trace.rootEnded(root);
		int buffered = trace.size();
		List<ReadableSpan> released = trace.isSampled() ? trace.release() : List.of();
		if (trace.isComplete()) {
			this.active.remove(traceId);
			this.size -= buffered;
			if (trace.isSampled()) {
				this.completedAndSampled.put(traceId, true);
			}
		}
		else {
			this.size -= released.size();
		}
		return released;
	}

	/**
	 * Sample a trace that is not complete.
	 * @param traceId the trace
	 */
	synchronized void sample(String traceId) {
		UnsampledTrace trace = this.active.get(traceId);
		if (trace != null) {
			sample(trace);
		}
	}

	/**
	 * Do not sample a trace because of one of its local roots, which has not ended yet,
	 * whatever its span says then.
	 * @param traceId the trace
	 * @param spanId the local root
	 */
	synchronized void acquit(String traceId, String spanId) {
		UnsampledTrace trace = this.active.get(traceId);
		if (trace != null) {
			trace.acquit(spanId);
		}
	}

	@Override
	public synchronized boolean isSampled(String traceId) {
		UnsampledTrace trace = this.active.get(traceId);
		return (trace != null) ? trace.isSampled() : this.completedAndSampled.containsKey(traceId);
	}

	/**
	 * Return the age of a trace that is not complete.
	 * @param traceId the trace
	 * @return the time since its start in nanoseconds, 0 if it is not in the buffer
	 */
	synchronized long ageNanos(String traceId) {
		UnsampledTrace trace = this.active.get(traceId);
		return (trace != null) ? trace.ageNanos(this.nanoTime.getAsLong()) : 0;
	}

	/**
	 * Return the number of buffered spans.
	 * @return the number of spans, at most the bound
	 */
	synchronized int size() {
		evictOlderThanMaxAge(this.nanoTime.getAsLong());
		return this.size;
	}

	synchronized long sampledCount() {
		return this.sampled;
	}

	synchronized long evictedForSpaceCount() {
		return this.evictedForSpace;
	}

	synchronized long evictedForAgeCount() {
		return this.evictedForAge;
	}

	private void sample(UnsampledTrace trace) {
		if (!trace.isSampled()) {
			trace.sample();
			this.sampled++;
		}
	}

	// The root alone is exported: it still says that the request failed.
	private List<ReadableSpan> rootOfEvictedTraceEnded(String traceId, ReadableSpan root, boolean sample) {
		if (sample && this.completedAndSampled.put(traceId, true) == null) {
			this.sampled++;
		}
		return this.completedAndSampled.containsKey(traceId) ? List.of(root) : List.of();
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
		Iterator<UnsampledTrace> traces = this.active.values().iterator();
		return traces.hasNext() ? traces.next() : null;
	}

	private void evictEldest() {
		Iterator<UnsampledTrace> traces = this.active.values().iterator();
		this.size -= traces.next().size();
		traces.remove();
	}

}
