package io.flowforge.observability.settings.unknown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * The names and types of all properties of this library. They come from a generated list
 * and not from the configuration metadata: that is JSON, which needs a library that a
 * service may not have, and takes longer to read.
 */
final class KnownProperties {

	static final String FILE = "flowforge-observability-known.properties";

	private final Map<ConfigurationPropertyName, String> types;

	KnownProperties(Map<ConfigurationPropertyName, String> types) {
		this.types = types;
	}

	/**
	 * Read the list.
	 * @return the properties
	 */
	static KnownProperties load() {
		try {
			Properties file = PropertiesLoaderUtils
				.loadProperties(new ClassPathResource(FILE, KnownProperties.class.getClassLoader()));
			Map<ConfigurationPropertyName, String> types = new HashMap<>();
			file.forEach((name, type) -> types.put(ConfigurationPropertyName.of(name.toString()), type.toString()));
			return new KnownProperties(types);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + FILE, ex);
		}
	}

	Set<ConfigurationPropertyName> names() {
		return this.types.keySet();
	}

	/**
	 * Return whether a name is that of a property, of an element of a list, or of
	 * anything in a map.
	 * @param name the name
	 * @return whether the property exists
	 */
	boolean include(ConfigurationPropertyName name) {
		return this.types.containsKey(name) || isElement(name) || isInMap(name);
	}

	private boolean isElement(ConfigurationPropertyName name) {
		return name.isNumericIndex(name.getNumberOfElements() - 1) && is(List.class, name.getParent());
	}

	private boolean isInMap(ConfigurationPropertyName name) {
		ConfigurationPropertyName parent = name.getParent();
		return !parent.isEmpty() && (is(Map.class, parent) || isInMap(parent));
	}

	private boolean is(Class<?> type, ConfigurationPropertyName name) {
		return this.types.getOrDefault(name, "").startsWith(type.getName());
	}

}
