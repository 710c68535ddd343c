package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.build.SpringBootJar;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sample takes its classes from an archive, and starts without one where there is none.
 */
class SpringBootJarTests {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final Path JAR = Repository.around(Path.of(""))
		.file("samples/inventory-service/target/inventory-service.jar");

	private static final Pattern LOADED = Pattern.compile("source: (shared objects file|\\S+)");

	@Test
	void classesComeFromTheArchive(@TempDir Path folder) {
		List<String> complaints = new ArrayList<>();
		Path jar = SpringBootJar.extractAndTrain(JAR, "inventory-service", complaints::add);
		assertThat(complaints).isEmpty();
		Waiting.until("There is no archive", LIMIT, () -> !SpringBootJar.canBeTrained(jar));
		String output = start(folder, jar);
		assertThat(output).contains("Starting InventoryServiceApplication").doesNotContain("[warning]", "[error]");
		List<String> sources = LOADED.matcher(output).results().map((source) -> source.group(1)).toList();
		assertThat(sources).hasSizeGreaterThan(5000);
		assertThat(sources.stream().filter("shared objects file"::equals).count())
			.isGreaterThan(sources.size() * 9 / 10);
	}

	// As far as it goes without a port.
	private static String start(Path folder, Path jar) {
		List<String> command = new ArrayList<>(List.of(Programs.java(), "-Xlog:class+load",
				"-Dspring.context.exit=onRefresh", "-Djava.io.tmpdir=" + folder));
		command.addAll(SpringBootJar.arguments(jar));
		command.addAll(List.of("--spring.datasource.url=jdbc:h2:mem:test",
				"--management.tracing.export.otlp.enabled=false", "--management.logging.export.otlp.enabled=false"));
		return Programs.run(folder, command.toArray(String[]::new)).orElseThrow();
	}

	@Test
	void jarThatCannotBeExtractedIsStartedAsItIs(@TempDir Path folder) throws IOException {
		List<String> complaints = new ArrayList<>();
		Path jar = Files.writeString(folder.resolve("half.jar"), "half a download");
		assertThat(SpringBootJar.extractAndTrain(jar, "half", complaints::add)).isEqualTo(jar);
		assertThat(complaints).singleElement().asString().startsWith("half").contains("Invalid or corrupt jarfile");
		assertThat(SpringBootJar.arguments(jar)).containsExactly("-jar", jar.toString());
	}

}
