package io.flowforge.observability.settings.unknown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;

/**
 * The names and types of all properties of this library, from the metadata that the build
 * generates for editors.
 * <p>
 * Internal: public only for the other packages of this library.
 */
public final class KnownProperties {

	/**
	 * The name of the file with the metadata, the same in every jar.
	 */
	public static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("flowforge.observability");

	private final Map<ConfigurationPropertyName, String> types;

	// In a jar that was merged from many, the file may be somebody else's.
	KnownProperties(Map<ConfigurationPropertyName, String> types) {
		this.types = new HashMap<>(types);
		this.types.keySet().removeIf((name) -> !PREFIX.isAncestorOf(name));
	}

	/**
	 * Read the metadata.
	 * @return the properties, none where somebody repackaged the library without it
	 */
	static KnownProperties load() {
		try {
			Resource file = ownMetadata();
			if (!file.exists()) {
				return new KnownProperties(Map.of());
			}
			String metadata = file.getContentAsString(StandardCharsets.UTF_8);
			Map<String, Object> parsed = JsonParserFactory.getJsonParser().parseMap(metadata);
			return new KnownProperties(((List<?>) parsed.get("properties")).stream()
				.map((property) -> (Map<?, ?>) property)
				.collect(Collectors.toMap((property) -> ConfigurationPropertyName.of(property.get("name").toString()),
						(property) -> property.get("type").toString())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the configuration metadata of FlowForge Observability", ex);
		}
	}

	Set<ConfigurationPropertyName> names() {
		return this.types.keySet();
	}

	/**
	 * Whether a name is that of a property, of an element of a list, or of anything in a
	 * map.
	 * @param name the name
	 * @return whether somebody may set it
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

	// Every library on the classpath may have a file of that name: ours is the one that
	// lies beside this class.
	private static Resource ownMetadata() throws IOException {
		Class<?> self = KnownProperties.class;
		String root = "../".repeat(self.getPackageName().split("\\.").length);
		URL url = new ClassPathResource(self.getSimpleName() + ".class", self).getURL();
		return new UrlResource(url).createRelative(root + METADATA);
	}

}
