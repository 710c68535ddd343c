package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.launcher.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack with a cache of its own, whose jars are trained in the background.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainingTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static Path cache;

	private static Launcher launcher;

	private static Process user;

	@BeforeAll
	static void bringUp(@TempDir Path folder) throws IOException {
		Launcher.requireBackends();
		cache = folder.resolve("flowforge/jars");
		for (int hours = 2; hours < 10; hours++) {
			Path unused = Files.createDirectories(cache.resolve("unused-" + hours));
			Files.writeString(unused.resolve("old.jar"), "");
			Files.setLastModifiedTime(unused, FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
		}
		// As if it ran from the oldest one.
		user = new ProcessBuilder("sh", "-c", "sleep 600; :", cache.resolve("unused-9/old.jar").toString()).start();
		launcher = new Launcher(Launcher.repository(), folder.resolve("data"));
		launcher.set("XDG_CACHE_HOME", folder.toString());
		launcher.withAlertingOnly();
		launcher.run("up").orElseThrow();
	}

	@AfterAll
	static void end() {
		if (user != null) {
			user.descendants().forEach(ProcessHandle::destroyForcibly);
			user.destroyForcibly();
		}
		if (launcher != null) {
			launcher.close();
		}
	}

	@Test
	@Order(1)
	void jarsAreTrainedWhenTheStackIsUp() {
		assertThat(archives()).isZero();
		assertThat(trainers()).isNotEmpty();
	}

	@Test
	@Order(2)
	void newJarsReplaceThoseThatNobodyHasUsedForLong() throws IOException {
		try (Stream<Path> left = Files.list(cache)) {
			assertThat(left.map((path) -> path.getFileName().toString().replaceFirst("-[0-9a-f]{12}$", "")))
				.containsExactlyInAnyOrder("alert-inbox", "inventory-service", "orders-service", "unused-2", "unused-3",
						"unused-4", "unused-9");
		}
	}

	@Test
	@Order(3)
	void nothingIsStartedAgainBecauseItWasTrained() throws IOException {
		// It has time, and the test has not.
		trainers().forEach(ProcessHandle::destroyForcibly);
		Waiting.until("The training does not end", LIMIT, () -> trainers().isEmpty());
		Map<String, ProcessHandle> before = launcher.noted();
		launcher.run("train", inbox().toString()).orElseThrow();
		assertThat(archives()).isOne();
		assertThat(launcher.run("up").orElseThrow()).contains("Already up; nothing has changed.");
		assertThat(launcher.noted()).isEqualTo(before);
	}

	@Test
	@Order(4)
	void trainingEndsWithTheStack() {
		assertThat(trainers()).isNotEmpty();
		launcher.run("down").orElseThrow();
		assertThat(trainers()).isEmpty();
	}

	private static List<ProcessHandle> trainers() {
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info()
				.commandLine()
				.filter((line) -> line.contains(cache.toString())
						&& (line.contains("-XX:ArchiveClassesAtExit") || line.contains(" train ")))
				.isPresent())
			.toList();
	}

	private static Path inbox() throws IOException {
		try (Stream<Path> files = Files.walk(cache, 2)) {
			return files.filter((file) -> file.getFileName().toString().matches("alert-inbox-.*[.]jar"))
				.findFirst()
				.orElseThrow();
		}
	}

	private static long archives() {
		try (Stream<Path> files = Files.walk(cache, 2)) {
			return files.filter((file) -> file.getFileName().toString().matches("classes-.*[.]jsa")).count();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
