package io.flowforge.observability.test;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * {@link ContextCustomizerFactory} for test classes with
 * {@link AutoConfigureTelemetryCapture}: sets the properties of the application.
 */
final class TelemetryCaptureContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureTelemetryCapture.class)
				? new TelemetryCaptureContextCustomizer() : null;
	}

	/**
	 * A record since all are equal: the test framework shares application contexts.
	 */
	private record TelemetryCaptureContextCustomizer() implements ContextCustomizer {

		// What a start that fails has logged is exported without any bean. Metrics are
		// captured from the scrape, and pushed by no other registry.
		private static final Map<String, Object> NO_EXPORT = Map.of("management.tracing.export.enabled", false,
				"management.tracing.export.otlp.enabled", false, "management.logging.export.enabled", false,
				"management.logging.export.otlp.enabled", false, "management.defaults.metrics.export.enabled", false,
				"management.otlp.metrics.export.enabled", false, "management.prometheus.metrics.export.enabled", true);

		private static final Map<String, Object> DEFAULTS = Map.of("management.tracing.sampling.probability", 1.0);

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
			MutablePropertySources sources = context.getEnvironment().getPropertySources();
			sources.addFirst(new MapPropertySource("flowforgeTelemetryCapture", NO_EXPORT));
			// Below the properties of the test, above the configuration files.
			sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new MapPropertySource("flowforgeTelemetryCaptureDefaults", DEFAULTS));
		}

	}

}
