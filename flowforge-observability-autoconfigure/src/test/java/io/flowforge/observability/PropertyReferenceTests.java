package io.flowforge.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether {@code docs/properties.md} says what the library does. With
 * {@code -Dflowforge.docs.write=true} it is written anew.
 */
class PropertyReferenceTests {

	private static final Path FILE = Path.of("../docs/properties.md");

	@Test
	void fileIsWhatTheLibrarySaysOfItsProperties() throws IOException {
		String expected = PropertyReference.generate();
		if (Boolean.getBoolean("flowforge.docs.write")) {
			Files.writeString(FILE, expected);
		}
		assertThat(Files.exists(FILE) && Files.readString(FILE).equals(expected))
			.withFailMessage("docs/properties.md is not what the library says of its properties: run \"make docs\".")
			.isTrue();
	}

	@Test
	void sectionsThatSayMoreExist() throws IOException {
		assertThat(Files.readAllLines(Path.of("../docs/reference.md"))
			.stream()
			.filter((line) -> line.startsWith("## "))
			.map((heading) -> heading.substring(3).toLowerCase(Locale.ROOT).replace(' ', '-')))
			.containsAll(PropertyReference.SECTIONS.values());
	}

}
