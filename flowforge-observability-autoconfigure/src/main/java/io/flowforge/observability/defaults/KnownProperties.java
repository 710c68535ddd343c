package io.flowforge.observability.defaults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
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
 * The names of all properties of this library, from the metadata that the build generates
 * for editors.
 */
final class KnownProperties {

	static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private KnownProperties() {
	}

	static Set<ConfigurationPropertyName> load() {
		try {
			String metadata = ownMetadata().getContentAsString(StandardCharsets.UTF_8);
			Map<String, Object> parsed = JsonParserFactory.getJsonParser().parseMap(metadata);
			return ((List<?>) parsed.get("properties")).stream()
				.map((property) -> ((Map<?, ?>) property).get("name").toString())
				.map(ConfigurationPropertyName::of)
				.collect(Collectors.toUnmodifiableSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the configuration metadata of FlowForge Observability", ex);
		}
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
