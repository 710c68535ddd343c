package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.build.SpringBootJar;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Samples take their classes from an archive, for which nobody has to wait or to start
 * anything again.
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
		List<String> command = new ArrayList<>(
				List.of(Programs.java(), "-Xlog:class+load", "-Dspring.context.exit=onRefresh"));
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

	@Test
	void stackIsUpBeforeItsJarsAreTrainedAndIsNotStartedAgainForIt(@TempDir Path folder) {
		Launcher.requireBackends();
		try (Launcher launcher = new Launcher(Launcher.repository(), folder.resolve("data"))) {
			launcher.set("XDG_CACHE_HOME", folder.toString());
			launcher.withAlertingOnly();
			launcher.run("up").orElseThrow();
			assertThat(archives(folder)).isEmpty();
			Map<String, ProcessHandle> before = launcher.noted();
			Waiting.until("Nothing is trained", LIMIT, () -> !archives(folder).isEmpty());
			assertThat(launcher.run("up").orElseThrow()).contains("Already up; nothing has changed.");
			assertThat(launcher.noted()).isEqualTo(before).containsKey(Part.ALERT_INBOX.id());
			launcher.run("down").orElseThrow();
			assertThat(trainers(folder)).isEmpty();
		}
	}

	@Test
	void newJarsReplaceThoseThatNobodyHasUsedForLong(@TempDir Path folder) throws IOException {
		Launcher.requireBackends();
		Path jars = Files.createDirectories(folder.resolve("flowforge/jars"));
		for (int hours = 2; hours < 10; hours++) {
			Path jar = Files.createDirectories(jars.resolve("unused-" + hours)).resolve("old.jar");
			Files.writeString(jar, "");
			Files.setLastModifiedTime(jar.getParent(), FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
		}
		Process user = new ProcessBuilder("sh", "-c", "sleep 600; :", jars.resolve("unused-9/old.jar").toString())
			.start();
		try (Launcher launcher = new Launcher(Launcher.repository(), folder.resolve("data"))) {
			launcher.set("XDG_CACHE_HOME", folder.toString());
			launcher.withAlertingOnly();
			launcher.run("up").orElseThrow();
			launcher.run("down").orElseThrow();
		}
		finally {
			user.descendants().forEach(ProcessHandle::destroyForcibly);
			user.destroyForcibly();
		}
		try (Stream<Path> left = Files.list(jars)) {
			assertThat(left.map((path) -> path.getFileName().toString().replaceFirst("-[0-9a-f]{12}$", "")))
				.containsExactlyInAnyOrder("alert-inbox", "inventory-service", "orders-service", "unused-2", "unused-3",
						"unused-4", "unused-9");
		}
	}

	private static List<Path> archives(Path cache) {
		try (Stream<Path> files = Files.walk(cache.resolve("flowforge/jars"), 2)) {
			return files.filter((file) -> file.getFileName().toString().matches("classes-.*[.]jsa")).toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Stream<ProcessHandle> trainers(Path cache) {
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().orElse("").contains(cache.toString()));
	}

}
