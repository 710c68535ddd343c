package io.flowforge.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor shows to somebody who types {@code flowforge.observability}.
 */
class MetadataTests {

	private final List<Map<?, ?>> properties = metadata("properties");

	private final List<Map<?, ?>> hints = metadata("hints");

	@Test
	void everyDescriptionIsMadeOfSentences() {
		assertThat(this.properties).hasSizeGreaterThan(10)
			.allSatisfy((property) -> assertThat(property.get("description")).as(property.toString())
				.asString()
				.matches("(?s)[A-Z].*\\.")
				.doesNotContain("{@"));
	}

	@Test
	void everyPropertyHasADefaultOrSaysWhereItComesFrom() {
		assertThat(this.properties).filteredOn((property) -> !property.containsKey("deprecation"))
			.allSatisfy((property) -> assertThat(property.toString()).containsAnyOf("defaultValue=", "Default: "));
	}

	@Test
	void durationsAndChoicesHaveExamples() {
		List<String> withExamples = this.hints.stream().map(MetadataTests::name).toList();
		assertThat(this.properties).filteredOn((property) -> name(property).startsWith("flowforge."))
			.filteredOn((property) -> !property.containsKey("deprecation"))
			.filteredOn(
					(property) -> property.get("type").toString().matches("java\\.time\\.Duration|io\\.flowforge.*"))
			.hasSizeGreaterThan(3)
			.allSatisfy((property) -> assertThat(withExamples).contains(name(property)));
	}

	@Test
	void everyExampleIsForAPropertyThatExists() {
		List<String> names = this.properties.stream().map(MetadataTests::name).toList();
		assertThat(this.hints).isNotEmpty()
			.allSatisfy((hint) -> assertThat(names)
				// Of the values in a map.
				.contains(name(hint).replaceFirst("\\.values$", "")));
	}

	private static String name(Map<?, ?> item) {
		return item.get("name").toString();
	}

	private static List<Map<?, ?>> metadata(String part) {
		try {
			String metadata = new FileSystemResource("target/classes/META-INF/spring-configuration-metadata.json")
				.getContentAsString(StandardCharsets.UTF_8);
			return ((List<?>) JsonParserFactory.getJsonParser().parseMap(metadata).get(part)).stream()
				.<Map<?, ?>>map((item) -> (Map<?, ?>) item)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
