package io.flowforge.observability.settings.renamed;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * {@link EnvironmentPostProcessor} that gives the values of renamed properties to their
 * new names. They keep the precedence of the place where they were set; if that place has
 * both names, the new one wins.
 */
final class RenamedPropertiesEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		for (PropertySource<?> source : sources) {
			Map<String, Object> renamed = renamed(source);
			if (!renamed.isEmpty()) {
				sources.addAfter(source.getName(),
						new OriginTrackedMapPropertySource(source.getName() + " (renamed properties)", renamed, true));
			}
		}
	}

	private static Map<String, Object> renamed(PropertySource<?> source) {
		Map<String, Object> values = new LinkedHashMap<>();
		ConfigurationPropertySource properties = ConfigurationPropertySource.from(source);
		if (properties != null) {
			RenamedProperties.NAMES.forEach((oldName, newName) -> {
				ConfigurationProperty property = properties
					.getConfigurationProperty(ConfigurationPropertyName.of(oldName));
				if (property != null) {
					values.put(newName, OriginTrackedValue.of(property.getValue(), property.getOrigin()));
				}
			});
		}
		return values;
	}

	// Before our defaults are added, some of which follow from other properties.
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

}
