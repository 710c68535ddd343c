package io.flowforge.observability.settings.unknown;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * A property under the prefix of this library that does not exist.
 *
 * @param property the property, with the place where it was set
 * @param suggestion the name that was probably meant, {@code null} if none is similar
 */
record UnknownProperty(ConfigurationProperty property, @Nullable String suggestion) {

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("flowforge.observability");

	/**
	 * Find the unknown properties of a service. Environment variables are left out: their
	 * names can be read in more than one way.
	 * @param environment the environment of the service
	 * @return the properties, each once
	 */
	static List<UnknownProperty> findIn(Environment environment) {
		KnownProperties known = KnownProperties.load();
		List<UnknownProperty> unknown = new ArrayList<>();
		Set<ConfigurationPropertyName> seen = new HashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable && !isSystemEnvironment(source)) {
				iterable.stream()
					.filter(PREFIX::isAncestorOf)
					.filter((name) -> !known.include(name))
					.filter(seen::add)
					.forEach((name) -> unknown.add(of(iterable, name, known)));
			}
		}
		return unknown;
	}

	private static UnknownProperty of(ConfigurationPropertySource source, ConfigurationPropertyName name,
			KnownProperties known) {
		Set<String> candidates = new TreeSet<>();
		known.names().forEach((candidate) -> candidates.add(candidate.toString()));
		return new UnknownProperty(source.getConfigurationProperty(name), ClosestName.to(name.toString(), candidates));
	}

	private static boolean isSystemEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> propertySource
				&& propertySource.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	}

	/**
	 * Say what is wrong.
	 * @return a sentence with the name and the place where it was set
	 */
	String description() {
		return "%s (set in %s) is not a property of FlowForge Observability.".formatted(this.property.getName(),
				this.property.getOrigin());
	}

	/**
	 * Say what to do.
	 * @return a sentence
	 */
	String action() {
		return (this.suggestion != null) ? "Did you mean %s?".formatted(this.suggestion)
				: "Remove it, or look up the name in the reference of flowforge.observability properties.";
	}

}
