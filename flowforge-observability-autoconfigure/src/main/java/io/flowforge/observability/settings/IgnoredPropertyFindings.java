package io.flowforge.observability.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.json.BasicJsonParser;
import org.springframework.boot.json.JsonParser;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Finds properties that an earlier version of Spring Boot knew and this one ignores
 * without a word, with the names that have taken their place. Spring Boot lists them in
 * the metadata of its jars. To read it takes a JSON library, Jackson or Gson; without one
 * nothing is found.
 */
final class IgnoredPropertyFindings implements Findings {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private final Environment environment;

	IgnoredPropertyFindings(Environment environment) {
		this.environment = environment;
	}

	@Override
	public List<Finding> find() {
		return ignoredProperties().entrySet()
			.stream()
			.map((entry) -> find(entry.getKey(), entry.getValue()))
			.filter(Objects::nonNull)
			.toList();
	}

	private @Nullable Finding find(String name, String replacement) {
		ConfigurationPropertyName propertyName = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(propertyName);
			if (property != null) {
				return new Finding(name, "This version of Spring Boot ignores it (set in %s). %s".formatted(
						Objects.toString(property.getOrigin(), "an unknown place"),
						replacement.isEmpty() ? "Nothing replaces it." : "Use %s instead.".formatted(replacement)));
			}
		}
		return null;
	}

	// Read anew each time: hundreds of names, which are needed once at the start and when
	// a person asks the endpoint.
	private static Map<String, String> ignoredProperties() {
		JsonParser parser = JsonParserFactory.getJsonParser();
		// It cannot read nested objects in formatted JSON.
		if (parser instanceof BasicJsonParser) {
			return Map.of();
		}
		try {
			Map<String, String> replacements = new TreeMap<>();
			for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:" + METADATA)) {
				addIgnored(parser, file, replacements);
			}
			return replacements;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the configuration metadata of Spring Boot", ex);
		}
	}

	private static void addIgnored(JsonParser parser, Resource file, Map<String, String> replacements)
			throws IOException {
		String metadata = file.getContentAsString(StandardCharsets.UTF_8);
		// Most files have no such property, and need not be parsed.
		if (metadata.contains("\"error\"")
				&& parser.parseMap(metadata).get("properties") instanceof List<?> properties) {
			for (Object property : properties) {
				if (property instanceof Map<?, ?> map && map.get("deprecation") instanceof Map<?, ?> deprecation
						&& "error".equals(deprecation.get("level"))
						&& ConfigurationPropertyName.isValid(map.get("name").toString())) {
					replacements.put(map.get("name").toString(), Objects.toString(deprecation.get("replacement"), ""));
				}
			}
		}
	}

}
