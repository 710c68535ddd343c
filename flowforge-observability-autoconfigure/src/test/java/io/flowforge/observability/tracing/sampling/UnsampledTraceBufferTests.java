package io.flowforge.observability.tracing.sampling;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many spans are buffered, and for how long.
 */
class UnsampledTraceBufferTests {

	private final Tracer tracer = SdkTracerProvider.builder().build().get("tests");

	private final AtomicLong nanoTime = new AtomicLong();

	private final UnsampledTraceBuffer traces = new UnsampledTraceBuffer(10, Duration.ofMinutes(5), this.nanoTime::get);

	@Test
	void requestsThatNeverEndStayWithinTheBoundAndTheOldestGo() {
		for (int number = 0; number < 50_000; number++) {
			this.traces.rootStarted("trace-" + number);
		}
		assertThat(this.traces.size()).isEqualTo(10);
		assertThat(this.traces.evictedForSpaceCount()).isEqualTo(49_990);
		ReadableSpan child = span();
		this.traces.childEnded("trace-49990", child);
		assertThat(this.traces.rootEnded("trace-49999", span(), true)).hasSize(1);
		assertThat(this.traces.rootEnded("trace-49990", span(), true)).as("the oldest of ten, gone for its own child")
			.doesNotContain(child);
	}

	@Test
	void bufferedSpansCount() {
		this.traces.rootStarted("old");
		this.traces.rootStarted("young");
		for (int number = 0; number < 8; number++) {
			this.traces.childEnded("old", span());
		}
		assertThat(this.traces.size()).isEqualTo(10);
		this.traces.childEnded("young", span());
		assertThat(this.traces.size()).isEqualTo(2);
		assertThat(this.traces.rootEnded("young", span(), true)).hasSize(2);
		assertThat(this.traces.size()).isZero();
	}

	@Test
	void oneTraceBeyondTheBoundGoesItself() {
		this.traces.rootStarted("runaway");
		for (int number = 0; number < 100; number++) {
			this.traces.childEnded("runaway", span());
		}
		assertThat(this.traces.size()).isZero();
		assertThat(this.traces.evictedForSpaceCount()).isOne();
	}

	@Test
	void rootOfAnEvictedTraceIsSampledAlone() {
		this.traces.rootStarted("runaway");
		for (int number = 0; number < 10; number++) {
			this.traces.childEnded("runaway", span());
		}
		ReadableSpan root = span();
		assertThat(this.traces.rootEnded("runaway", root, true)).containsExactly(root);
		assertThat(this.traces.sampledCount()).isOne();
		this.traces.rootStarted("fine");
		assertThat(this.traces.rootEnded("fine", root, false)).isEmpty();
	}

	@Test
	void requestThatDoesNotEndIsForgottenWithAge() {
		this.traces.rootStarted("old");
		this.nanoTime.addAndGet(Duration.ofMinutes(4).toNanos());
		this.traces.rootStarted("younger");
		assertThat(this.traces.size()).isEqualTo(2);
		this.nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
		assertThat(this.traces.size()).isOne();
		assertThat(this.traces.evictedForAgeCount()).isOne();
		assertThat(this.traces.evictedForSpaceCount()).isZero();
	}

	@Test
	void nothingOfAnUneventfulTraceIsLeft() {
		this.traces.rootStarted("fine");
		this.traces.childEnded("fine", span());
		assertThat(this.traces.rootEnded("fine", span(), false)).isEmpty();
		assertThat(this.traces.size()).isZero();
		assertThat(this.traces.childEnded("fine", span())).isFalse();
		assertThat(this.traces.isSampled("fine")).isFalse();
		assertThat(this.traces.sampledCount()).isZero();
	}

	@Test
	void spanThatEndsAfterItsSampledRequestIsExported() {
		this.traces.rootStarted("failed");
		this.traces.rootEnded("failed", span(), true);
		assertThat(this.traces.childEnded("failed", span())).isTrue();
		for (int number = 0; number < 1024; number++) {
			this.traces.rootStarted("other-" + number);
			this.traces.rootEnded("other-" + number, span(), true);
		}
		assertThat(this.traces.childEnded("failed", span())).as("as long as it is remembered").isFalse();
	}

	@Test
	void serviceThatCallsItselfSamplesBothRequests() {
		ReadableSpan inner = span();
		ReadableSpan outer = span();
		this.traces.rootStarted("trace");
		this.traces.rootStarted("trace");
		assertThat(this.traces.rootEnded("trace", inner, false)).isEmpty();
		assertThat(this.traces.rootEnded("trace", outer, true)).isEqualTo(List.of(inner, outer));
		this.traces.rootStarted("other");
		this.traces.rootStarted("other");
		assertThat(this.traces.rootEnded("other", inner, true)).containsExactly(inner);
		assertThat(this.traces.rootEnded("other", outer, false)).containsExactly(outer);
		assertThat(this.traces.size()).isZero();
		assertThat(this.traces.sampledCount()).isEqualTo(2);
	}

	private ReadableSpan span() {
		Span span = this.tracer.spanBuilder("span").setParent(Context.root()).startSpan();
		span.end();
		return (ReadableSpan) span;
	}

}
