package io.flowforge.observability.settings;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultsEnvironmentPostProcessor}.
 */
class DefaultsTests {

	private static final String TRACES = "management.opentelemetry.tracing.export.otlp.endpoint";

	private static final String LOGS = "management.opentelemetry.logging.export.otlp.endpoint";

	private static final String SAMPLING = "management.tracing.sampling.probability";

	@Test
	void oneEndpointFeedsTracesAndLogs() {
		ConfigurableEnvironment environment = run(Map.of(),
				"--flowforge.observability.otlp.endpoint=http://collector:4318");
		assertThat(environment.getProperty(TRACES)).isEqualTo("http://collector:4318/v1/traces");
		assertThat(environment.getProperty(LOGS)).isEqualTo("http://collector:4318/v1/logs");
	}

	@Test
	void slashAtTheEndOfTheEndpointIsNotDoubled() {
		ConfigurableEnvironment environment = run(Map.of(),
				"--flowforge.observability.otlp.endpoint=http://collector:4318/");
		assertThat(environment.getProperty(TRACES)).isEqualTo("http://collector:4318/v1/traces");
	}

	@Test
	void propertyOfTheUserWins() {
		ConfigurableEnvironment environment = run(Map.of(), "--" + SAMPLING + "=0.1", "--" + TRACES + "=http://other");
		assertThat(environment.getProperty(SAMPLING)).isEqualTo("0.1");
		assertThat(environment.getProperty(TRACES)).isEqualTo("http://other");
		assertThat(environment.getProperty(LOGS)).isEqualTo("http://localhost:4318/v1/logs");
	}

	@Test
	void defaultPropertyOfTheApplicationWins() {
		assertThat(run(Map.of(SAMPLING, "0.2")).getProperty(SAMPLING)).isEqualTo("0.2");
	}

	@Test
	void baggageIsOffUnlessTheServiceSetsSomethingAboutIt() {
		String enabled = "management.tracing.baggage.enabled";
		assertThat(run(Map.of()).getProperty(enabled)).isEqualTo("false");
		assertThat(run(Map.of(), "--management.tracing.baggage.remote-fields[0]=tenant").getProperty(enabled)).isNull();
	}

	@Test
	void nothingIsSetWhenTheLibraryIsOff() {
		ConfigurableEnvironment environment = run(Map.of(), "--flowforge.observability.enabled=false");
		assertThat(environment.getProperty(TRACES)).isNull();
		assertThat(environment.getProperty(SAMPLING)).isNull();
	}

	private static ConfigurableEnvironment run(Map<String, Object> defaultProperties, String... arguments) {
		SpringApplication application = new SpringApplication(Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(defaultProperties);
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			return context.getEnvironment();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
