package io.flowforge.observability.export;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.flowforge.observability.testing.FaultyCollector;
import io.flowforge.observability.testing.FaultyCollector.Fault;
import io.flowforge.observability.testing.FaultyCollector.Received;
import io.flowforge.observability.testing.Load;
import io.flowforge.observability.testing.Load.Latencies;
import io.flowforge.observability.testing.TelemetryItems;
import io.flowforge.observability.testing.TestService;
import io.flowforge.observability.testing.Work;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service under load while its collector is out of order: requests do not notice, every
 * span and log record is accounted for, and all is well again soon after. Queues and
 * times are a fraction of the defaults, so that seconds show what else takes a minute;
 * {@code -Doutage.seconds=60} takes the minute.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutageTests {

	private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 3));

	private static final int REQUESTS_PER_SECOND = 200;

	private static final int QUEUE = 256;

	private static final int BATCH = 64;

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final Duration SLOWNESS = Duration.ofSeconds(1);

	// One export interval, and an attempt that is under way or waits for its next try.
	private static final Duration RECOVERY = INTERVAL.plus(TIMEOUT);

	private static final Duration SHUTDOWN = Duration.ofSeconds(2);

	private static final String BROKEN = "Telemetry cannot be delivered";

	private static final String HEALED = "Telemetry is delivered again";

	private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final FaultyCollector collector = FaultyCollector.start(SLOWNESS);

	private long requests;

	private long otherLines;

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void outage(Fault fault, CapturedOutput output) {
		try (this.collector; TestService service = start(); Load load = load(service)) {
			send(load, Duration.ofSeconds(1));
			threads.resetPeakThreadCount();
			Latencies healthy = send(load, Duration.ofSeconds(1));
			int healthyThreads = threads.getPeakThreadCount();
			await().untilAsserted(() -> assertDelivered(service, "traces", this.collector.spans(), spans()));
			service.context().getBean(BatchLogRecordProcessor.class).forceFlush().join(10, TimeUnit.SECONDS);
			this.otherLines = TelemetryItems.of(service.scrape(), "logs").sum() - Work.LINES * this.requests;
			assertThat(this.otherLines).isBetween(0L, 50L);
			await().untilAsserted(() -> assertDelivered(service, "logs", this.collector.logRecords(), lines(output)));

			this.collector.become(fault);
			threads.resetPeakThreadCount();
			Latencies broken = send(load, OUTAGE);
			// Far above noise, and far below what a request takes that waits for an
			// export.
			assertThat(broken.percentile(0.99)).isLessThan(healthy.percentile(0.99).plusMillis(500));
			assertThat(threads.getPeakThreadCount()).isLessThanOrEqualTo(healthyThreads + 4);
			await().untilAsserted(() -> assertQueued(service, "traces", spans()));
			await().untilAsserted(() -> assertQueued(service, "logs", lines(output)));
			assertReported(output, (fault != Fault.SLOW) ? 1 : 0, 0);
			assertThat(output).contains(reason(fault));

			this.collector.heal();
			// Without it, there may be nothing left to deliver.
			send(load, Duration.ofMillis(500));
			await().untilAsserted(() -> assertThat(recoveries()).doesNotContain(Optional.empty()));
			assertThat(recoveries()).allSatisfy((recovery) -> assertThat(recovery.orElseThrow()).isLessThan(RECOVERY));
			send(load, Duration.ofSeconds(1));
			await().untilAsserted(() -> assertDelivered(service, "traces", this.collector.spans(), spans()));
			await().untilAsserted(() -> assertDelivered(service, "logs", this.collector.logRecords(), lines(output)));
			assertReported(output, (fault != Fault.SLOW) ? 1 : 0, (fault != Fault.SLOW) ? 1 : 0);

			this.collector.become(fault);
			send(load, Duration.ofSeconds(1));
			Instant start = Instant.now();
			service.context().close();
			assertThat(Duration.between(start, Instant.now())).isLessThan(SHUTDOWN);
		}
	}

	// The short time-out here cuts off what is still being tried again.
	private static String reason(Fault fault) {
		return switch (fault) {
			case BAD_REQUEST -> "the answer was 400";
			case REDIRECT -> "the answer was 302";
			case NONE, SLOW -> "";
			default -> "no success within the time-out";
		};
	}

	private TestService start() {
		return TestService.start(new Class<?>[] { Work.class },
				"flowforge.observability.otlp.endpoint=" + this.collector.endpoint(),
				// So that the number of lines does not depend on how slow a request was.
				"flowforge.observability.web.access-log.requests=all",
				"management.opentelemetry.tracing.export.max-queue-size=" + QUEUE,
				"management.opentelemetry.logging.export.max-queue-size=" + QUEUE,
				"management.opentelemetry.tracing.export.max-batch-size=" + BATCH,
				"management.opentelemetry.logging.export.max-batch-size=" + BATCH,
				"management.opentelemetry.tracing.export.schedule-delay=" + INTERVAL,
				"management.opentelemetry.logging.export.schedule-delay=" + INTERVAL,
				"management.opentelemetry.tracing.export.otlp.timeout=" + TIMEOUT,
				"management.opentelemetry.logging.export.otlp.timeout=" + TIMEOUT,
				// The lines of the requests only fill the report of this build.
				"logging.pattern.console=%replace(%logger: %msg%n){'^(\\S+Work|http.access): .*\\n', ''}%ex");
	}

	private static Load load(TestService service) {
		String port = service.context().getEnvironment().getRequiredProperty("local.server.port");
		return new Load(URI.create("http://127.0.0.1:" + port + "/work"));
	}

	private Latencies send(Load load, Duration duration) {
		Latencies latencies = load.send(duration, REQUESTS_PER_SECOND);
		this.requests += latencies.requests();
		return latencies;
	}

	private long spans() {
		return Work.SPANS * this.requests;
	}

	// What the service says of its delivery is delivered, too.
	private long lines(CapturedOutput output) {
		return this.otherLines + Work.LINES * this.requests + count(output, BROKEN) + count(output, HEALED);
	}

	private List<Optional<Duration>> recoveries() {
		return List.of(this.collector.spans().recovery(), this.collector.logRecords().recovery());
	}

	// No answer is lost here, so what the service says and what has arrived is the same.
	private static void assertDelivered(TestService service, String signal, Received received, long produced) {
		TelemetryItems items = TelemetryItems.of(service.scrape(), signal);
		assertThat(items.queued()).as("queued %s", signal).isZero();
		assertThat(items.sum()).as("all %s", signal).isEqualTo(produced);
		assertThat(items.exported()).as("exported %s", signal).isEqualTo(received.total());
		assertThat(received.distinct()).as("distinct %s", signal).isEqualTo(received.total());
	}

	// Memory is bounded where what waits is.
	private static void assertQueued(TestService service, String signal, long produced) {
		TelemetryItems items = TelemetryItems.of(service.scrape(), signal);
		assertThat(items.queued()).as("queued %s", signal).isBetween(0L, (long) QUEUE + BATCH);
		assertThat(items.sum()).as("all %s", signal).isEqualTo(produced);
	}

	private static void assertReported(CapturedOutput output, int broken, int healed) {
		assertThat(count(output, BROKEN)).isEqualTo(broken);
		assertThat(count(output, HEALED)).isEqualTo(healed);
		assertThat(output).doesNotContain("io.opentelemetry.");
	}

	private static int count(CapturedOutput output, String text) {
		return StringUtils.countOccurrencesOf(output.getAll(), text);
	}

}
