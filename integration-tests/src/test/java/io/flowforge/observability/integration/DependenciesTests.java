package io.flowforge.observability.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the build lets the starter bring is what the documentation lists, with licences;
 * and the artifacts that services use have one version.
 */
class DependenciesTests {

	private static final Path ROOT = Path.of("..");

	@Test
	void approvedDependenciesAreThoseOfTheDocumentation() throws IOException {
		assertThat(find("docs/dependencies.md", "(?m)^\\| `([^`]+)` \\| [^|]+ \\|$")).containsExactlyElementsOf(
				find("flowforge-observability-starter/pom.xml", "<include>([^<]+)</include>").stream()
					.filter((name) -> !name.startsWith("io.flowforge:"))
					.toList());
	}

	@Test
	void versionIsTheSameEverywhere() throws IOException {
		String version = "<artifactId>flowforge-observability(?:-bom)?</artifactId>\\s*<version>([^<]+)</version>";
		assertThat(find("flowforge-observability-bom/pom.xml", version))
			.containsExactly(find("pom.xml", version).get(0));
	}

	private static List<String> find(String file, String expression) throws IOException {
		return Pattern.compile(expression)
			.matcher(Files.readString(ROOT.resolve(file)))
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
	}

}
