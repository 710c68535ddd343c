package io.flowforge.observability.export;

import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.micrometer.tracing.test.autoconfigure.AutoConfigureTracing;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that a user has, for a JVM of its own. Its arguments are the names of the classes
 * to run.
 */
public final class TestsOfAService {

	private TestsOfAService() {
	}

	public static void main(String[] names) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(Stream.of(names)
				.map((name) -> DiscoverySelectors.selectClass(TestsOfAService.class.getName() + "$" + name))
				.toList())
			.build();
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, summary);
		summary.getSummary().getFailures().forEach((failure) -> failure.getException().printStackTrace());
		System.exit((summary.getSummary().getTestsSucceededCount() == names.length) ? 0 : 1);
	}

	@SpringBootTest(classes = Service.class)
	static class Plain {

		@Test
		void works(@Autowired Work work) {
			work.run();
		}

	}

	@SpringBootTest(classes = Service.class)
	@AutoConfigureMetrics
	static class WithMetrics {

		@Test
		void works(@Autowired Work work) {
			work.run();
		}

	}

	@SpringBootTest(classes = Service.class)
	@AutoConfigureTracing
	static class WithTracing {

		@Test
		void works(@Autowired Work work) {
			work.run();
		}

	}

	@SpringBootTest(classes = Service.class, properties = "spring.test.tracing.export=true")
	@AutoConfigureTracing(export = false)
	static class WithTracingButNoExport {

		@Test
		void works(@Autowired Work work) {
			work.run();
		}

	}

	@SpringBootTest(classes = Service.class, properties = "spring.test.tracing.export=true")
	static class WithProperty {

		@Test
		void works(@Autowired Work work) {
			work.run();
		}

	}

	static class RefusedStart {

		@Test
		void isRefused() {
			assertThatException().isThrownBy(() -> SpringApplication.run(Service.class,
					"--spring.main.web-application-type=none", "--flowforge.observability.alerts.error-ratio=60%"));
		}

	}

	static class FailedRunner {

		@Test
		void fails() {
			assertThatException()
				.isThrownBy(() -> SpringApplication.run(new Class<?>[] { Service.class, Failing.class },
						new String[] { "--spring.main.web-application-type=none" }));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Service {

		@Bean
		Work work(ObservationRegistry observations) {
			return new Work(observations);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		ApplicationRunner failure() {
			return (arguments) -> {
				throw new IllegalStateException("The first delivery is late");
			};
		}

	}

	static class Work {

		private static final Logger logger = LoggerFactory.getLogger(Work.class);

		private final ObservationRegistry observations;

		Work(ObservationRegistry observations) {
			this.observations = observations;
		}

		void run() {
			Observation.createNotStarted("work", this.observations).observe(() -> logger.info("Work is done"));
		}

	}

}
