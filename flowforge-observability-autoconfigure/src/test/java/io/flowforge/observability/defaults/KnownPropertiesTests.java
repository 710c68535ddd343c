package io.flowforge.observability.defaults;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KnownProperties}.
 */
class KnownPropertiesTests {

	private final KnownProperties known = new KnownProperties(Map.of(ConfigurationPropertyName.of("a.number"),
			"java.lang.Integer", ConfigurationPropertyName.of("a.list"), "java.util.List<java.lang.String>",
			ConfigurationPropertyName.of("a.map"), "java.util.Map<java.lang.String,java.lang.String>"));

	@ParameterizedTest
	@CsvSource({ "a.number, true", "a.number[0], false", "a.number.b, false", "a.list, true", "a.list[0], true",
			"a.list[12], true", "a.list[x], false", "a.list.b, false", "a.list[0].b, false", "a.lists[0], false",
			"a.map, true", "a.map.b, true", "a.map[b/c], true", "a.map.b.c, true", "a.maps.b, false", "a, false" })
	void elementsOfListsAndMapsBelongToThem(String name, boolean expected) {
		assertThat(this.known.include(ConfigurationPropertyName.of(name))).isEqualTo(expected);
	}

}
