package io.flowforge.observability.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.flowforge.observability.testing.FaultyCollector;
import io.flowforge.observability.testing.FaultyCollector.Fault;

/**
 * Times the shutdown of all variants while the collector is out of order. Shutdowns take
 * their time waiting for time-outs and not working, so all variants shut down together.
 */
final class Shutdowns {

	static final Duration DURATION = Duration.ofSeconds(45);

	private static final Duration LOAD = Duration.ofSeconds(1);

	private static final int REQUESTS_PER_SECOND = 500;

	private final Applications applications;

	Shutdowns(Applications applications) {
		this.applications = applications;
	}

	void run(Fault fault, Figure figure, Results results) throws IOException {
		Map<Variant, ApplicationProcess> running = new EnumMap<>(Variant.class);
		try (FaultyCollector collector = FaultyCollector.start(Duration.ZERO)) {
			collector.become(fault);
			for (Variant variant : Variant.values()) {
				running.put(variant, this.applications.start(variant, collector.endpoint(), new File("/dev/null")));
			}
			Map<Variant, CompletableFuture<Double>> shutdowns = new EnumMap<>(Variant.class);
			for (Map.Entry<Variant, ApplicationProcess> entry : running.entrySet()) {
				try (LoadGenerator generator = new LoadGenerator(entry.getValue().port())) {
					generator.send(LOAD, REQUESTS_PER_SECOND);
				}
				shutdowns.put(entry.getKey(), entry.getValue().terminate());
			}
			shutdowns.forEach((variant, seconds) -> results.add(0, variant, figure, seconds.join()));
		}
		finally {
			running.values().forEach(ApplicationProcess::close);
		}
	}

}
