package io.flowforge.observability.logging.json;

import java.util.LinkedHashMap;
import java.util.Map;

import io.flowforge.observability.identity.EnvironmentName;
import io.flowforge.observability.logging.LoggingProperties;
import io.flowforge.observability.settings.ConditionalOnObservabilityEnabled;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.util.PlaceholderResolutionException;

/**
 * {@link EnvironmentPostProcessor} that turns
 * {@code flowforge.observability.logging.console=json} into Spring Boot's own structured
 * logging, in the Elastic Common Schema. Properties of Spring Boot win where they are
 * set.
 */
final class JsonConsoleEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String FORMAT = "logging.structured.format.console";

	private static final String ECS = "ecs";

	private static final boolean LOGBACK_PRESENT = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
			JsonConsoleEnvironmentPostProcessor.class.getClassLoader());

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!isJson(environment)) {
			return;
		}
		Map<String, Object> defaults = new LinkedHashMap<>();
		defaults.put(FORMAT, ECS);
		// EcsMembersCustomizer writes it: beside the members of the schema, as Spring
		// Boot
		// has it, a key of a caller with the name of one of them would cost the line.
		defaults.put(EcsMembersCustomizer.CONTEXT_INCLUDED, false);
		String environmentName = EnvironmentName.in(environment);
		if (environmentName != null) {
			defaults.put("logging.structured.ecs.service.environment", environmentName);
		}
		// Also those of SpringApplication.setDefaultProperties, which come last.
		defaults.keySet().removeIf(environment::containsProperty);
		environment.getPropertySources().addLast(new MapPropertySource("flowforgeJsonConsole", defaults));
	}

	/**
	 * Whether the lines of the console are JSON in the Elastic Common Schema because of
	 * the property of this library.
	 * @param environment the environment of the service
	 * @return whether they are
	 */
	static boolean isEcs(Environment environment) {
		return isJson(environment) && ECS.equalsIgnoreCase(environment.getProperty(FORMAT));
	}

	// Whatever is neither text nor JSON is refused later, when somebody can say why.
	private static boolean isJson(Environment environment) {
		try {
			return LOGBACK_PRESENT
					&& environment.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true)
					&& "json".equalsIgnoreCase(environment.getProperty(LoggingProperties.CONSOLE, "").trim());
		}
		catch (PlaceholderResolutionException ex) {
			return false;
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
