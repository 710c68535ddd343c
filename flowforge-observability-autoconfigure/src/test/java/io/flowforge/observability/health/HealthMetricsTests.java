package io.flowforge.observability.health;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.flowforge.observability.testing.TestService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the health metrics, through the scrape of a running service.
 */
@ExtendWith(OutputCaptureExtension.class)
class HealthMetricsTests {

	private static final String FAST = "flowforge.observability.health.interval=100ms";

	private static final String ONCE = "flowforge.observability.health.interval=1h";

	// More than the interval, which is the limit then.
	private static final String PATIENT = "flowforge.observability.health.timeout=1h";

	@AfterEach
	void gaugesAreRegisteredOnce(CapturedOutput output) {
		assertThat(output).doesNotContain("already registered");
	}

	@AfterEach
	void noThreadIsLeft() {
		await().untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	@Test
	void componentsByPathAndGroupsAreWhatTheHealthEndpointSaysOfThem() {
		String groups = "management.endpoint.health.group.";
		try (TestService service = start(new Class<?>[] { Components.class }, FAST,
				"management.endpoint.health.validate-group-membership=false", groups + "composite.include=stores",
				groups + "part.include=stores/first", groups + "rest.include=stores",
				groups + "rest.exclude=stores/second", groups + "lenient.include=stores",
				groups + "lenient.status.order=up,out-of-service", groups + "exception.include=diskSpace,throwing",
				groups + "vague.include=unknown", groups + "strict.include=custom",
				groups + "strict.status.order=degraded,up", groups + "strict.status.http-mapping.degraded=500",
				groups + "nobody.include=missing", groups + "[stores/first].include=broken")) {
			await().untilAsserted(() -> assertThat(components(service)).containsEntry("diskSpace", 1.0)
				.containsEntry("broken", 0.0)
				.containsEntry("throwing", 0.0)
				.containsEntry("stores/second", 0.0)
				.doesNotContainKey("stores")
				.containsEntry("composite", 0.0)
				.containsEntry("part", 1.0)
				.containsEntry("rest", 1.0)
				.containsEntry("lenient", 1.0)
				.containsEntry("exception", 0.0)
				.containsEntry("unknown", 1.0)
				.containsEntry("degraded", 1.0)
				.containsEntry("custom", 0.0)
				.containsEntry("vague", 1.0)
				.containsEntry("strict", 0.0)
				.containsEntry("readiness", 1.0)
				.containsEntry("liveness", 1.0)
				.doesNotContainKey("nobody")
				// A component keeps its name.
				.containsEntry("stores/first", 1.0));
			assertThat(service.scrape())
				.contains("flowforge_health_status{component=\"unknown\",status=\"UNKNOWN\"} 1.0",
						"flowforge_health_status{component=\"degraded\",status=\"DEGRADED\"} 1.0",
						"flowforge_health_status{component=\"broken\",status=\"DOWN\"} 1.0")
				.doesNotContain("status=\"UP\"");
			assertThat(service.send("/actuator/health/vague").statusCode()).isEqualTo(200);
			assertThat(service.send("/actuator/health/strict").statusCode()).isEqualTo(500);
			assertThat(service.send("/actuator/health/composite").statusCode()).isEqualTo(503);
			assertThat(service.send("/actuator/health/part").statusCode()).isEqualTo(200);
			assertThat(service.send("/actuator/health/rest").statusCode()).isEqualTo(200);
			assertThat(service.send("/actuator/health/lenient").statusCode()).isEqualTo(200);
			assertThat(service.send("/actuator/health/exception").statusCode()).isEqualTo(503);
			assertThat(service.send("/actuator/health/nobody").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void neitherScrapeNorGroupAsksAnIndicator() {
		Hanging hanging;
		try (TestService service = start(new Class<?>[] { Hanging.class }, ONCE, PATIENT,
				"management.endpoint.health.group.one.include=counting",
				"management.endpoint.health.group.two.include=counting,diskSpace")) {
			hanging = service.context().getBean(Hanging.class);
			// What answers is there, although others have not answered yet.
			await().untilAsserted(() -> assertThat(components(service)).containsEntry("counting", 1.0)
				.containsEntry("one", 1.0)
				.containsEntry("two", 1.0));
			components(service);
			assertThat(hanging.polls).hasValue(1);
			assertThat(hanging.interrupted).hasValue(0);
			hanging.latch.countDown();
		}
		// The one that was still asked when the service ended.
		await().untilAsserted(() -> assertThat(hanging.interrupted).hasValue(1));
	}

	@Test
	void hangingIndicatorIsNotUpAndHoldsOneThreadAndNoScrape() {
		try (TestService service = start(new Class<?>[] { Hanging.class }, FAST, PATIENT,
				"management.endpoint.health.group.mixed.include=diskSpace,stubborn")) {
			Hanging hanging = service.context().getBean(Hanging.class);
			await().untilAsserted(() -> assertThat(components(service)).containsEntry("stubborn", 0.0)
				.containsEntry("interruptible", 0.0)
				.containsEntry("mixed", 0.0)
				.containsEntry("diskSpace", 1.0));
			// The one that gave its thread back is asked on and on as the others are,
			// the one that holds it is not.
			int polls = hanging.polls.get();
			int interrupted = hanging.interrupted.get();
			await().until(() -> (hanging.polls.get() > polls + 5) && (hanging.interrupted.get() > interrupted + 5));
			assertThat(hanging.questions).hasValue(1);
			// The poll, the two that hang, and one for all others.
			await().untilAsserted(() -> assertThat(threads()).hasSizeLessThanOrEqualTo(4));
			hanging.latch.countDown();
			await().untilAsserted(() -> assertThat(components(service)).containsEntry("stubborn", 1.0));
		}
	}

	@Test
	void severalThatHangAtOnceAreNotUpWithinOneInterval() {
		int count = 12;
		try (TestService service = start(new Class<?>[] { NetworkGone.class },
				"flowforge.observability.health.interval=3s", "flowforge.observability.health.timeout=400ms")) {
			await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> {
				Map<String, Double> components = components(service);
				assertThat(components).containsEntry("zoo", 1.0);
				IntStream.range(0, count)
					.forEach((index) -> assertThat(components).containsEntry("network/" + index, 0.0));
			});
			assertThat(threads()).hasSizeLessThanOrEqualTo(1 + components(service).size());
		}
	}

	@Test
	void noIndicatorIsAskedMoreOftenThanTheInterval() {
		try (TestService service = start(new Class<?>[] { SlowNowAndThen.class },
				"flowforge.observability.health.interval=200ms")) {
			List<Long> times = service.context().getBean(SlowNowAndThen.class).times;
			await().until(() -> times.size() > 4);
			List<Long> asked = List.copyOf(times);
			assertThat(IntStream.range(1, asked.size()).mapToObj((index) -> asked.get(index) - asked.get(index - 1)))
				.allSatisfy((pause) -> assertThat(Duration.ofNanos(pause))
					// What passes between the question and the time that it notes.
					.isGreaterThan(Duration.ofMillis(180)));
		}
	}

	@Test
	void serviceIsReportedOnlyWhileItAcceptsTraffic(CapturedOutput output) {
		try (TestService service = start(new Class<?>[] { SlowStart.class, CountingIndicator.class }, FAST)) {
			assertThat(service.context().getBean(SlowStart.class).scrapes).isNotEmpty()
				.noneMatch((scrape) -> scrape.contains("flowforge_health_up"));
			await().untilAsserted(() -> assertThat(components(service)).containsEntry("readinessState", 1.0)
				.containsEntry("readiness", 1.0));
			AvailabilityChangeEvent.publish(service.context(), ReadinessState.REFUSING_TRAFFIC);
			int polls = service.context().getBean(CountingIndicator.class).polls.get();
			assertThat(components(service)).isEmpty();
			AvailabilityChangeEvent.publish(service.context(), ReadinessState.ACCEPTING_TRAFFIC);
			await().untilAsserted(() -> assertThat(components(service)).containsEntry("readinessState", 1.0)
				.containsEntry("readiness", 1.0));
			assertThat(service.context().getBean(CountingIndicator.class).polls.get()).isGreaterThan(polls);
		}
		assertThat(output).doesNotContain("Health component");
	}

	@Test
	void failureAndItsEndAreLoggedOnce(CapturedOutput output) {
		String failing = "Health component flaky is DOWN: java.io.IOException: No answer";
		String bootsLine = "Broken, says the indicator";
		try (TestService service = start(new Class<?>[] { Flaky.class }, FAST)) {
			Flaky flaky = service.context().getBean(Flaky.class);
			await().until(() -> flaky.polls.get() > 4);
			assertThat(output).containsOnlyOnce(failing).containsOnlyOnce(bootsLine).doesNotContain("UP again");
			// Asked by others it says so.
			service.get("/actuator/health");
			assertThat(output.toString().split(bootsLine)).hasSize(3);
			flaky.broken = false;
			await().untilAsserted(() -> assertThat(output).containsOnlyOnce("Health component flaky is UP again"));
			flaky.broken = true;
			// A new failure.
			await().untilAsserted(() -> assertThat(output.toString().split(failing)).hasSize(3));
			assertThat(output.toString().split(bootsLine)).hasSize(4);
			assertThat(output.getAll()).doesNotContain("component diskSpace");
		}
	}

	@Test
	void warningsOfAnIndicatorCanBeRepeated(CapturedOutput output) {
		try (TestService service = start(new Class<?>[] { Flaky.class }, FAST,
				"flowforge.observability.health.repeat-warnings=true")) {
			await().untilAsserted(
					() -> assertThat(output.toString().split("Broken, says the indicator")).hasSizeGreaterThan(3));
			assertThat(components(service)).containsEntry("flaky", 0.0);
			assertThat(output).containsOnlyOnce("Health component flaky is DOWN");
		}
	}

	@Test
	void contributorsMayComeAndGoWhileTheServiceRuns() {
		try (TestService service = start(new Class<?>[0], FAST, "management.endpoint.health.access=none")) {
			HealthContributorRegistry contributors = service.context().getBean(HealthContributorRegistry.class);
			HealthIndicator indicator = () -> Health.down().build();
			contributors.registerContributor("tenant", indicator);
			await().untilAsserted(() -> assertThat(components(service)).containsEntry("tenant", 0.0)
				.containsEntry("readinessState", 1.0)
				// Groups belong to the endpoint, which this service does not have.
				.doesNotContainKey("readiness"));
			contributors.unregisterContributor("tenant");
			await().untilAsserted(() -> assertThat(components(service)).containsEntry("readinessState", 1.0)
				.doesNotContainKey("tenant"));
		}
	}

	@Test
	void pollingCanBeSwitchedOff() {
		try (TestService service = start(new Class<?>[0], "flowforge.observability.health.enabled=false")) {
			assertThat(service.scrape()).doesNotContain("flowforge_health_up");
		}
	}

	private static TestService start(Class<?>[] configuration, String... properties) {
		// Nothing is sent anywhere, so that services end at once.
		return TestService.start(configuration,
				Stream
					.concat(Arrays.stream(properties), Stream.of("management.tracing.export.otlp.enabled=false",
							"management.logging.export.otlp.enabled=false"))
					.toArray(String[]::new));
	}

	private static Map<String, Double> components(TestService service) {
		String start = "flowforge_health_up{component=\"";
		Map<String, Double> components = new TreeMap<>();
		service.scrape().lines().filter((line) -> line.startsWith(start)).forEach((line) -> {
			String[] sample = line.substring(start.length()).split("\"} ");
			assertThat(components.put(sample[0], Double.valueOf(sample[1]))).isNull();
		});
		return components;
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("flowforge-health-"))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Components {

		@Bean
		HealthIndicator brokenHealthIndicator() {
			return () -> Health.down().build();
		}

		@Bean
		HealthIndicator unknownHealthIndicator() {
			return () -> Health.unknown().build();
		}

		@Bean
		HealthIndicator degradedHealthIndicator() {
			return () -> Health.status("DEGRADED").build();
		}

		@Bean
		HealthIndicator customHealthIndicator() {
			return () -> Health.status("DEGRADED").build();
		}

		@Bean
		HealthIndicator throwingHealthIndicator() {
			return new AbstractHealthIndicator() {

				@Override
				protected void doHealthCheck(Health.Builder builder) {
					throw new IllegalStateException("No answer");
				}

			};
		}

		@Bean
		CompositeHealthContributor storesHealthContributor() {
			HealthIndicator first = () -> Health.up().build();
			HealthIndicator second = () -> Health.outOfService().build();
			return CompositeHealthContributor.fromMap(Map.of("first", first, "second", second));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SlowStart {

		private final List<String> scrapes = new ArrayList<>();

		// Scraped, as Prometheus does, while the application is not ready yet.
		@Bean
		ApplicationRunner slowRunner(PrometheusMeterRegistry registry) {
			return (arguments) -> await().pollInterval(Duration.ofMillis(20)).until(() -> {
				this.scrapes.add(registry.scrape());
				return this.scrapes.size() == 10;
			});
		}

	}

	static class CountingIndicator implements HealthIndicator {

		private final AtomicInteger polls = new AtomicInteger();

		@Override
		public Health health() {
			this.polls.incrementAndGet();
			return Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hanging {

		private final CountDownLatch latch = new CountDownLatch(1);

		private final AtomicInteger questions = new AtomicInteger();

		private final AtomicInteger polls = new AtomicInteger();

		private final AtomicInteger interrupted = new AtomicInteger();

		@Bean
		HealthIndicator stubbornHealthIndicator() {
			return () -> {
				this.questions.incrementAndGet();
				awaitUninterruptibly();
				return Health.up().build();
			};
		}

		@Bean
		HealthIndicator interruptibleHealthIndicator() {
			return () -> {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					this.interrupted.incrementAndGet();
				}
				return Health.up().build();
			};
		}

		@Bean
		HealthIndicator countingHealthIndicator() {
			return () -> {
				this.polls.incrementAndGet();
				return Health.up().build();
			};
		}

		// As a driver does that does not know of interrupts.
		private void awaitUninterruptibly() {
			while (this.latch.getCount() > 0) {
				try {
					this.latch.await();
				}
				catch (InterruptedException ex) {
					// waits on
				}
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NetworkGone {

		@Bean
		CompositeHealthContributor networkHealthContributor() {
			Map<String, HealthIndicator> indicators = new TreeMap<>();
			IntStream.range(0, 12).forEach((index) -> indicators.put(String.valueOf(index), () -> {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					// gives its thread back
				}
				return Health.up().build();
			}));
			return CompositeHealthContributor.fromMap(indicators);
		}

		@Bean
		HealthIndicator zooHealthIndicator() {
			return () -> Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SlowNowAndThen {

		private final List<Long> times = new CopyOnWriteArrayList<>();

		@Bean
		CompositeHealthContributor aboveHealthContributor() {
			Map<String, HealthIndicator> indicators = Map.of("one", slowNowAndThen(), "two", slowNowAndThen());
			return CompositeHealthContributor.fromMap(indicators);
		}

		@Bean
		HealthIndicator belowHealthIndicator() {
			return () -> {
				this.times.add(System.nanoTime());
				return Health.up().build();
			};
		}

		private static HealthIndicator slowNowAndThen() {
			AtomicInteger polls = new AtomicInteger();
			return () -> {
				if (polls.incrementAndGet() % 2 == 1) {
					await().pollDelay(Duration.ofMillis(100)).until(() -> true);
				}
				return Health.up().build();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Flaky {

		private final AtomicInteger polls = new AtomicInteger();

		private volatile boolean broken = true;

		@Bean
		AbstractHealthIndicator flakyHealthIndicator() {
			return new AbstractHealthIndicator("Broken, says the indicator") {

				@Override
				protected void doHealthCheck(Health.Builder builder) throws Exception {
					Flaky.this.polls.incrementAndGet();
					if (Flaky.this.broken) {
						throw new IOException("No answer");
					}
					builder.up();
				}

			};
		}

	}

}
