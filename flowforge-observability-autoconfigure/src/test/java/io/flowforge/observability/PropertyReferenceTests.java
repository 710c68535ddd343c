package io.flowforge.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether {@code docs/reference/properties.md} says what the library does. With
 * {@code -Dflowforge.docs.write=true} it is written anew.
 */
class PropertyReferenceTests {

	private static final Path FILE = Path.of("../docs/reference/properties.md");

	private static final Path KNOWN = Path.of("src/main/resources/flowforge-observability-known.properties");

	private static final Pattern ROW = Pattern.compile("\\| \\[?`([^`]+)`.*");

	@Test
	void fileIsWhatTheLibrarySaysOfItsProperties() throws IOException {
		String expected = PropertyReference.generate();
		if (Boolean.getBoolean("flowforge.docs.write")) {
			Files.writeString(FILE, expected);
		}
		assertThat(Files.exists(FILE) && Files.readString(FILE).equals(expected))
			.withFailMessage(
					"docs/reference/properties.md is not what the library says of its properties: run \"make docs\".")
			.isTrue();
	}

	@Test
	void listOfKnownPropertiesIsComplete() throws IOException {
		String expected = PropertyReference.knownProperties();
		if (Boolean.getBoolean("flowforge.docs.write")) {
			Files.writeString(KNOWN, expected);
		}
		assertThat(Files.exists(KNOWN) && Files.readString(KNOWN).equals(expected))
			.withFailMessage("%s is not the list of the library's properties: run \"make docs\".", KNOWN)
			.isTrue();
	}

	@Test
	void everyNameIsThatOfAProperty() throws IOException {
		List<String> expected = PropertyReference.names();
		String table = PropertyReference.generate().split("## Defaults for Spring Boot")[0];
		List<String> names = table.lines()
			.map(ROW::matcher)
			.filter(Matcher::matches)
			.map((row) -> row.group(1))
			.map((name) -> expected.contains(name) ? name : "flowforge.observability." + name)
			.toList();
		assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
	}

}
