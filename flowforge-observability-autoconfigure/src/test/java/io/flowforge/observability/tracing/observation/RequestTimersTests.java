package io.flowforge.observability.tracing.observation;

import java.util.List;
import java.util.regex.Pattern;

import io.flowforge.observability.testing.TestService;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The timers of requests are those that Micrometer makes, whatever the service adds to
 * its observations.
 */
class RequestTimersTests {

	private static final Pattern TIMER = Pattern.compile("http_server_requests_seconds_count.*");

	private static final String[] PATHS = { "/hello", "/hello", "/fail", "/fail-async", "/fail-filter", "/missing",
			"/stream", "/hello" };

	private TestService service;

	@AfterEach
	void stop() {
		this.service.close();
	}

	@Test
	void seriesAreThoseOfMicrometersHandler() {
		List<String> expected = timers(MicrometersHandler.class);
		this.service.close();
		assertThat(timers()).isEqualTo(expected).hasSizeGreaterThanOrEqualTo(5);
	}

	@Test
	void filterOfTheServiceAddsALabel() {
		assertThat(timers(TenantFilter.class)).isNotEmpty().allMatch((line) -> line.contains("tenant=\"a\""));
	}

	@Test
	void timerThatTheServiceRemovesCountsFromZero() {
		timers();
		MeterRegistry registry = this.service.context().getBean(MeterRegistry.class);
		registry.find("http.server.requests").timers().forEach(registry::remove);
		this.service.get("/hello");
		await().untilAsserted(() -> assertThat(countLines()).contains(
				"http_server_requests_seconds_count{error=\"none\",exception=\"none\",method=\"GET\",outcome=\"SUCCESS\",starter=\"flowforge\",status=\"200\",uri=\"/hello\"} 1"));
	}

	// Without actuator's own requests: how many there are depends on time.
	private List<String> timers(Class<?>... configuration) {
		this.service = TestService.start(configuration, "management.opentelemetry.tracing.export.otlp.enabled=false",
				"management.opentelemetry.logging.export.otlp.enabled=false", "logging.threshold.console=off");
		for (String path : PATHS) {
			this.service.send(path);
		}
		await().untilAsserted(() -> assertThat(
				countLines().stream().mapToDouble((line) -> Double.parseDouble(line.split("} ")[1])).sum())
			.isEqualTo(PATHS.length));
		return countLines();
	}

	private List<String> countLines() {
		return this.service.scrape()
			.lines()
			.filter((line) -> TIMER.matcher(line).matches() && !line.contains("/actuator"))
			.sorted()
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class MicrometersHandler {

		@Bean
		DefaultMeterObservationHandler handler(MeterRegistry registry) {
			return new DefaultMeterObservationHandler(registry,
					DefaultMeterObservationHandler.IgnoredMeters.LONG_TASK_TIMER);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TenantFilter {

		@Bean
		ObservationFilter tenant() {
			return (context) -> (context instanceof ServerRequestObservationContext)
					? context.addLowCardinalityKeyValue(KeyValue.of("tenant", "a")) : context;
		}

	}

}
