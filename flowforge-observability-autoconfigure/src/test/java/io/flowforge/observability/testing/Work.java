package io.flowforge.observability.testing;

import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Work whose telemetry is known beforehand.
 */
@RestController
public final class Work {

	/**
	 * The spans of a request: its own, and one inside.
	 */
	public static final int SPANS = 2;

	/**
	 * The log lines of a request: its own, and that of the access log if it has all
	 * requests.
	 */
	public static final int LINES = 3;

	private static final Logger logger = LoggerFactory.getLogger(Work.class);

	private final AtomicLong requests = new AtomicLong();

	private final ObservationRegistry observations;

	Work(ObservationRegistry observations) {
		this.observations = observations;
	}

	@GetMapping("/work")
	String work() {
		long request = this.requests.incrementAndGet();
		logger.info("Request {} begins", request);
		Observation.createNotStarted("work", this.observations).observe(() -> logger.info("Request {} works", request));
		return "done";
	}

}
