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
 * What an editor tells somebody who types {@code flowforge.observability}.
 */
class MetadataTests {

	private final List<?> properties = properties();

	@Test
	void everyPropertyHasADescription() {
		assertThat(this.properties).hasSizeGreaterThan(10)
			.allSatisfy((property) -> assertThat(((Map<?, ?>) property).get("description")).as(property.toString())
				.asString()
				.isNotBlank()
				.doesNotContain("{@"));
	}

	@Test
	void everyPropertyHasADefaultOrSaysWhereItComesFrom() {
		assertThat(this.properties)
			.allSatisfy((property) -> assertThat(property.toString()).containsAnyOf("defaultValue=", "Default: "));
	}

	private static List<?> properties() {
		try {
			String metadata = new FileSystemResource("target/classes/META-INF/spring-configuration-metadata.json")
				.getContentAsString(StandardCharsets.UTF_8);
			return (List<?>) JsonParserFactory.getJsonParser().parseMap(metadata).get("properties");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
