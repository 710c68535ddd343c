package io.flowforge.observability.settings.unknown;

import java.util.Set;
import java.util.TreeSet;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses properties under our prefix that do not exist: a misspelt limit would otherwise
 * leave the default in force without a word, and be noticed when the alert does not come.
 * Runs before other beans are made, so that nothing has been started when it fails.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public final class UnknownPropertyCheck implements BeanFactoryPostProcessor {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("flowforge.observability");

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		KnownProperties known = KnownProperties.load();
		if (known.names().isEmpty()) {
			return;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable && !isSystemEnvironment(source)) {
				iterable.stream()
					.filter(PREFIX::isAncestorOf)
					.filter((name) -> !known.include(name))
					.findFirst()
					.ifPresent((name) -> fail(iterable, name, known));
			}
		}
	}

	// The names of environment variables can be read in more than one way.
	private static boolean isSystemEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> propertySource
				&& propertySource.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	}

	private static void fail(ConfigurationPropertySource source, ConfigurationPropertyName name,
			KnownProperties known) {
		Set<String> candidates = new TreeSet<>();
		known.names().forEach((candidate) -> candidates.add(candidate.toString()));
		throw new UnknownPropertyException(source.getConfigurationProperty(name),
				ClosestName.to(name.toString(), candidates));
	}

}
