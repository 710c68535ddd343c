package io.flowforge.observability.settings.unknown;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KnownProperties}.
 */
class KnownPropertiesTests {

	private final KnownProperties known = new KnownProperties(Map.of(name("number"), "java.lang.Integer", name("list"),
			"java.util.List<java.lang.String>", name("map"), "java.util.Map<java.lang.String,java.lang.String>"));

	@ParameterizedTest
	@CsvSource({ "number, true", "number[0], false", "number.b, false", "list, true", "list[0], true", "list[12], true",
			"list[x], false", "list.b, false", "list[0].b, false", "lists[0], false", "map, true", "map.b, true",
			"map[b/c], true", "map.b.c, true", "maps.b, false", "other, false" })
	void elementsOfListsAndMapsBelongToThem(String name, boolean expected) {
		assertThat(this.known.include(name(name))).isEqualTo(expected);
	}

	@Test
	void listHasWhatTheLibraryHas() {
		assertThat(KnownProperties.load().names()).contains(name("enabled"), name("redaction.keys"))
			.allMatch(UnknownProperty.PREFIX::isAncestorOf);
	}

	private static ConfigurationPropertyName name(String name) {
		return ConfigurationPropertyName.of("flowforge.observability." + name);
	}

}
