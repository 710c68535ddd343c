package io.flowforge.observability.web.requests;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.flowforge.observability.MetricNames;
import io.flowforge.observability.limits.RequestVerdict;
import io.flowforge.observability.tracing.exemplars.EndedSpan;
import io.flowforge.observability.web.RequestTrace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts the requests that count by their verdict, and measures how long they took. There
 * are a few series, whatever the number of routes, and all of them exist from the start:
 * to Prometheus, a counter that appears with its first failure has not increased.
 */
final class RequestMetrics implements MeterBinder, RequestListener {

	// One for each registry; usually there is one, or one that stands for all.
	private volatile List<Meters> meters = List.of();

	@Override
	public void bindTo(MeterRegistry registry) {
		List<Meters> bound = new ArrayList<>(this.meters);
		bound.add(new Meters(registry));
		this.meters = List.copyOf(bound);
	}

	/**
	 * Whether the counters are there. A meter filter of the service can have denied or
	 * renamed them.
	 * @return whether each registry has them
	 */
	boolean areExported() {
		List<Meters> current = this.meters;
		return !current.isEmpty() && current.stream().allMatch(Meters::areExported);
	}

	@Override
	public <Q, S> void completed(RequestVerdict verdict, int status, long nanos, Q request, S response,
			ServerRequestReader<Q, S> reader) {
		if (!verdict.isCounted()) {
			return;
		}
		EndedSpan.Current.set(RequestTrace.find(request, reader));
		try {
			List<Meters> current = this.meters;
			for (int i = 0; i < current.size(); i++) {
				current.get(i).record(verdict, nanos);
			}
		}
		finally {
			EndedSpan.Current.set(null);
		}
	}

	private static final class Meters {

		private final Map<RequestVerdict, Counter> counters = new EnumMap<>(RequestVerdict.class);

		private final Timer durations;

		private final boolean exported;

		private Meters(MeterRegistry registry) {
			Stream.of(RequestVerdict.values())
				.filter(RequestVerdict::isCounted)
				.forEach((verdict) -> this.counters.put(verdict, counter(verdict, registry)));
			this.durations = Timer.builder(MetricNames.HTTP_REQUEST_DURATION)
				.description("Duration of the requests that count.")
				.register(registry);
			this.exported = registry.find(MetricNames.HTTP_REQUESTS).counter() != null
					&& registry.find(MetricNames.HTTP_REQUEST_DURATION).timer() != null;
		}

		private boolean areExported() {
			return this.exported;
		}

		private static Counter counter(RequestVerdict verdict, MeterRegistry registry) {
			return Counter.builder(MetricNames.HTTP_REQUESTS)
				.description("Requests that count.")
				.tag("failed", String.valueOf(verdict.isFailed()))
				.tag("slow", String.valueOf(verdict.isSlow()))
				.register(registry);
		}

		private void record(RequestVerdict verdict, long nanos) {
			this.counters.get(verdict).increment();
			this.durations.record(nanos, TimeUnit.NANOSECONDS);
		}

	}

}
