package io.flowforge.observability.export;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * {@link ContextCustomizerFactory} for test classes with Spring Boot's
 * {@code @AutoConfigureTracing}: what it says about traces holds for log records, too.
 */
final class TestExportContextCustomizerFactory implements ContextCustomizerFactory {

	// By name: it is in a test module of Spring Boot's that a service need not have.
	private static final String ANNOTATION = "org.springframework.boot.micrometer.tracing.test.autoconfigure.AutoConfigureTracing";

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		MergedAnnotation<?> annotation = MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
			.withEnclosingClasses(TestContextAnnotationUtils::searchEnclosingClass)
			.from(testClass)
			.get(ANNOTATION);
		return annotation.isPresent() ? new TestExportContextCustomizer(annotation.getBoolean("export")) : null;
	}

	/**
	 * Equal for equal settings, since the test framework shares application contexts.
	 */
	private record TestExportContextCustomizer(boolean export) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
			TestExportEnvironmentPostProcessor.turnOn(context.getEnvironment());
			if (!this.export) {
				TestExportEnvironmentPostProcessor.turnOff(context.getEnvironment());
			}
		}

	}

}
