package io.flowforge.observability.integration;

import io.flowforge.observability.test.AutoConfigureTelemetryCapture;
import io.flowforge.observability.test.CapturedTelemetry;
import io.flowforge.observability.testing.CollectingSpanExporter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.micrometer.tracing.test.autoconfigure.AutoConfigureTracing;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a user has, for a JVM of its own. The start of one of them is refused.
 */
public final class TestsWithCapture {

	private TestsWithCapture() {
	}

	public static void main(String[] args) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			// Once an application works, it captures what others log.
			.selectors(DiscoverySelectors.selectClass(Refused.class), DiscoverySelectors.selectClass(Working.class))
			.build();
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, summary);
		summary.getSummary().getFailures().forEach((failure) -> failure.getException().printStackTrace());
		boolean expected = summary.getSummary().getTestsSucceededCount() == 1
				&& summary.getSummary().getTestsFailedCount() == 1;
		System.exit(expected ? 0 : 1);
	}

	@SpringBootTest(classes = Shop.class)
	@AutoConfigureMockMvc
	@AutoConfigureTracing
	@AutoConfigureMetrics
	@AutoConfigureTelemetryCapture
	static class Working {

		@Test
		void works(@Autowired MockMvcTester mvc, @Autowired CapturedTelemetry telemetry,
				@Autowired CollectingSpanExporter ownExporter) {
			assertThat(mvc.get().uri("/orders/17")).hasStatusOk();
			assertThat(telemetry).hasSpan("GET /orders/{id}");
			assertThat(telemetry).hasLogRecord("Order 17 is shown").inTraceOf("GET /orders/{id}");
			assertThat(telemetry).hasMetric("orders_shown_total").withValue(1);
			assertThat(ownExporter.spans()).isEmpty();
		}

	}

	// Refused before there are beans: what it logs is exported as properties say.
	@SpringBootTest(classes = Shop.class, properties = "flowforge.observability.alerts.error-ratio=60%")
	@AutoConfigureTelemetryCapture
	static class Refused {

		@Test
		void isNeverReached() {
			throw new AssertionError();
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Orders.class)
	static class Shop {

		@Bean
		CollectingSpanExporter ownExporter() {
			return new CollectingSpanExporter();
		}

	}

	@RestController
	static class Orders {

		private static final Logger logger = LoggerFactory.getLogger(Orders.class);

		private final MeterRegistry meters;

		Orders(MeterRegistry meters) {
			this.meters = meters;
		}

		@GetMapping("/orders/{id}")
		String show(@PathVariable String id) {
			this.meters.counter("orders.shown").increment();
			logger.info("Order {} is shown", id);
			return id;
		}

	}

}
