package io.flowforge.observability.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.flowforge.observability.testing.TestService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
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

	private static final String[] FAST = { "flowforge.observability.health.interval=50ms",
			"flowforge.observability.health.timeout=100ms" };

	@AfterEach
	void gaugesAreRegisteredOnce(CapturedOutput output) {
		assertThat(output).doesNotContain("already registered");
	}

	@Test
	void componentsAreUpOrNotByPath() {
		try (TestService service = TestService.start(new Class<?>[] { Components.class }, FAST)) {
			await().untilAsserted(
					() -> assertThat(service.scrape()).contains("flowforge_health_up{component=\"diskSpace\"} 1.0")
						.contains("flowforge_health_up{component=\"broken\"} 0.0")
						.contains("flowforge_health_up{component=\"throwing\"} 0.0")
						.contains("flowforge_health_up{component=\"stores/first\"} 1.0")
						.contains("flowforge_health_up{component=\"stores/second\"} 0.0"));
		}
	}

	@Test
	void hangingIndicatorIsNotUpAndHoldsOneThreadAndNoScrape() {
		try (TestService service = TestService.start(new Class<?>[] { Hanging.class }, FAST)) {
			Hanging hanging = service.context().getBean(Hanging.class);
			await().atMost(Duration.ofSeconds(5))
				.untilAsserted(
						() -> assertThat(service.scrape()).contains("flowforge_health_up{component=\"hanging\"} 0.0")
							.contains("flowforge_health_up{component=\"diskSpace\"} 1.0"));
			// The others are asked on and on, the one that hangs is not asked again.
			int polls = hanging.polls.get();
			await().until(() -> hanging.polls.get() > polls + 3);
			assertThat(hanging.questions).hasValue(1);
			hanging.latch.countDown();
			await().untilAsserted(
					() -> assertThat(service.scrape()).contains("flowforge_health_up{component=\"hanging\"} 1.0"));
		}
	}

	@Test
	void scrapeAsksNoIndicator() {
		try (TestService service = TestService.start(new Class<?>[] { Hanging.class },
				"flowforge.observability.health.interval=1h", "flowforge.observability.health.timeout=50ms")) {
			Hanging hanging = service.context().getBean(Hanging.class);
			await().untilAsserted(() -> assertThat(hanging.polls).hasValue(1));
			service.scrape();
			service.scrape();
			assertThat(hanging.polls).hasValue(1);
			hanging.latch.countDown();
		}
	}

	@Test
	void serviceThatIsStillStartingIsNotReportedAsFailing() {
		try (TestService service = TestService.start(new Class<?>[] { SlowStart.class }, FAST)) {
			assertThat(service.context().getBean(SlowStart.class).scrapes).isNotEmpty()
				.noneMatch((scrape) -> scrape.contains("flowforge_health_up"));
			await().untilAsserted(() -> assertThat(service.scrape())
				.contains("flowforge_health_up{component=\"readinessState\"} 1.0"));
		}
	}

	@Test
	void pollingCanBeSwitchedOff() {
		try (TestService service = TestService.start("flowforge.observability.health.enabled=false")) {
			assertThat(service.scrape()).doesNotContain("flowforge_health_up");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Components {

		@Bean
		HealthIndicator brokenHealthIndicator() {
			return () -> Health.down().build();
		}

		@Bean
		HealthIndicator throwingHealthIndicator() {
			return () -> {
				throw new IllegalStateException("No answer");
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

	@Configuration(proxyBeanMethods = false)
	static class Hanging {

		private final CountDownLatch latch = new CountDownLatch(1);

		private final AtomicInteger questions = new AtomicInteger();

		private final AtomicInteger polls = new AtomicInteger();

		@Bean
		HealthIndicator hangingHealthIndicator() {
			return () -> {
				this.questions.incrementAndGet();
				awaitUninterruptibly();
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

}
