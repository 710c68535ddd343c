package io.flowforge.observability.integration;

import java.util.concurrent.atomic.AtomicInteger;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Reactive health indicators are polled in a servlet service, too.
 */
class ReactiveHealthTests {

	@Test
	void reactiveIndicatorsAreComponentsAsTheOthersAre() {
		try (TestService service = TestService.start(new Class<?>[] { Indicators.class },
				"flowforge.observability.health.interval=300ms", "management.endpoint.health.show-components=always",
				"management.endpoint.health.group.streams.include=reactive")) {
			AtomicInteger cancelled = service.context().getBean(Indicators.class).cancelled;
			await().untilAsserted(
					() -> assertThat(service.scrape()).contains("flowforge_health_up{component=\"reactive\"} 1.0")
						.contains("flowforge_health_up{component=\"streams\"} 1.0")
						.contains("flowforge_health_up{component=\"failing\"} 0.0")
						.contains("flowforge_health_up{component=\"never\"} 0.0")
						// The blocking one of two, as in Spring Boot's health endpoint.
						.contains("flowforge_health_up{component=\"both\"} 1.0"));
			assertThat(service.send("/actuator/health/both").statusCode()).isEqualTo(200);
			// Who does not answer in time is waited for no longer.
			await().untilAsserted(() -> assertThat(cancelled).hasPositiveValue());
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Indicators {

		private final AtomicInteger cancelled = new AtomicInteger();

		@Bean
		ReactiveHealthIndicator reactiveHealthIndicator() {
			return () -> Mono.just(Health.up().build());
		}

		@Bean
		ReactiveHealthIndicator failingHealthIndicator() {
			return () -> Mono.error(new IllegalStateException("No answer"));
		}

		@Bean
		ReactiveHealthIndicator neverHealthIndicator() {
			return () -> Mono.<Health>never().doOnCancel(this.cancelled::incrementAndGet);
		}

		@Bean
		HealthIndicator bothHealthIndicator() {
			return () -> Health.up().build();
		}

		@Bean
		ReactiveHealthIndicator bothHealthContributor() {
			return () -> Mono.just(Health.down().build());
		}

	}

}
