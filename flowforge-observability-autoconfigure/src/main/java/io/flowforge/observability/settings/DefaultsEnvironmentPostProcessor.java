package io.flowforge.observability.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * {@link EnvironmentPostProcessor} that adds
 * {@code flowforge-observability-defaults.properties} with the lowest precedence.
 */
final class DefaultsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String FILE = "flowforge-observability-defaults.properties";

	// A service that sets one of these properties wants baggage.
	private static final String BAGGAGE = "management.tracing.baggage";

	private static final String ENDPOINT = "flowforge.observability.otlp.endpoint";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		boolean enabled = environment.getProperty(ConditionalOnObservabilityEnabled.PROPERTY, Boolean.class, true);
		if (!enabled || sources.contains(FILE)) {
			return;
		}
		Map<String, Object> defaults = load();
		removeSlashAtTheEnd(environment, defaults);
		if (Binder.get(environment).bind(BAGGAGE, Bindable.mapOf(String.class, Object.class)).isBound()) {
			defaults.remove(BAGGAGE + ".enabled");
		}
		// Spring Boot moves the application's own default properties behind ours.
		PropertySource<?> applicationDefaults = sources.get(DefaultPropertiesPropertySource.NAME);
		if (applicationDefaults != null) {
			defaults.keySet().removeIf(applicationDefaults::containsProperty);
		}
		sources.addLast(new OriginTrackedMapPropertySource(FILE, defaults, true));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	private static Map<String, Object> load() {
		try {
			ClassPathResource file = new ClassPathResource(FILE,
					DefaultsEnvironmentPostProcessor.class.getClassLoader());
			PropertySource<?> source = new PropertiesPropertySourceLoader().load(FILE, file).get(0);
			return new LinkedHashMap<>(((MapPropertySource) source).getSource());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + FILE, ex);
		}
	}

	// With it the path would be //v1/traces, which a collector answers with a redirect
	// that no exporter follows.
	private static void removeSlashAtTheEnd(ConfigurableEnvironment environment, Map<String, Object> defaults) {
		String endpoint = environment.getProperty(ENDPOINT);
		if (endpoint != null && endpoint.endsWith("/")) {
			String placeholder = "${" + ENDPOINT + "}";
			String stripped = endpoint.replaceAll("/+$", "");
			defaults.replaceAll((name, value) -> value.toString().replace(placeholder, stripped));
		}
	}

}
