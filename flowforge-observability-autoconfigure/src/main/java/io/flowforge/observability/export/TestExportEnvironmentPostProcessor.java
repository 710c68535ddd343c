package io.flowforge.observability.export;

import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * {@link EnvironmentPostProcessor} that turns the export of spans and log records off in
 * tests: a passing test of a start that fails must not page anybody. Spring Boot does so
 * for traces, in {@code @SpringBootTest} only, if its test module is there. What turns
 * that on again turns this on, too, and properties of Spring Boot win where they are set.
 *
 * @see TestExportContextCustomizerFactory
 */
final class TestExportEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String SOURCE = "flowforgeTestExport";

	// Spring Boot's own.
	private static final String ASKED_FOR = "spring.test.tracing.export";

	// By the same sign Spring Boot's developer tools know a test.
	private static final String[] TEST_PACKAGES = { "org.junit.", "org.testng.", "org.springframework.test.",
			"org.springframework.boot.test." };

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (isTest() && environment.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true)
				&& !environment.getProperty(ASKED_FOR, Boolean.class, false)) {
			turnOff(environment);
		}
	}

	static void turnOff(ConfigurableEnvironment environment) {
		environment.getPropertySources()
			.addLast(new MapPropertySource(SOURCE,
					Map.of("management.tracing.export.enabled", false, "management.logging.export.enabled", false)));
	}

	static void turnOn(ConfigurableEnvironment environment) {
		environment.getPropertySources().remove(SOURCE);
	}

	private static boolean isTest() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.map(StackWalker.StackFrame::getClassName)
				.anyMatch((name) -> Stream.of(TEST_PACKAGES).anyMatch(name::startsWith)));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
