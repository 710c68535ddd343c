package io.flowforge.observability.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.time.Duration;

/**
 * Starts a variant once before the rounds: to see that it works, to count what one
 * request makes while nothing is lost, and to time its shutdown.
 */
final class Calibration {

	static final Duration DURATION = Duration.ofSeconds(6);

	private static final Duration LOAD = Duration.ofSeconds(1);

	private static final int REQUESTS_PER_SECOND = 200;

	private final Applications applications;

	private final ReceiverProcess receiver;

	private final File logs;

	Calibration(Applications applications, ReceiverProcess receiver, File logs) {
		this.applications = applications;
		this.receiver = receiver;
		this.logs = logs;
	}

	ItemsPerRequest run(Variant variant, Results results) throws IOException {
		File log = new File(this.logs, variant + ".log");
		try (ApplicationProcess application = this.applications.start(variant, this.receiver.endpoint(), log)) {
			ReceivedItems before = this.receiver.items();
			LoadResult load;
			try (LoadGenerator generator = new LoadGenerator(application.port())) {
				load = generator.send(LOAD, REQUESTS_PER_SECOND);
			}
			results.add(0, variant, Figure.SHUTDOWN, application.terminate().join());
			ReceivedItems items = this.receiver.items().since(before);
			// Rounded, because there are log records of the start and the end as well.
			return new ItemsPerRequest(Math.round((double) items.spans() / load.requests()),
					Math.round((double) items.logRecords() / load.requests()));
		}
	}

}
