package io.flowforge.dashboards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Assumptions;

/**
 * Scripts in {@code src/test/node}. They read dashboards with the packages that Grafana
 * publishes on the npm registry.
 */
final class NodeScript {

	private static final Path SOURCES = Path.of("src/test/node").toAbsolutePath();

	private static final Path INSTALLED = Path.of("target/node").toAbsolutePath();

	private NodeScript() {
	}

	/**
	 * Run a script.
	 * @param script its file name, followed by its arguments
	 * @param dashboards the dashboards that it reads
	 * @return how it ended
	 */
	static Programs.Result run(List<String> script, List<Path> dashboards) {
		install();
		List<String> command = new ArrayList<>(List.of("node"));
		command.addAll(script);
		dashboards.forEach((dashboard) -> command.add(dashboard.toString()));
		return Programs.run(INSTALLED, command.toArray(String[]::new));
	}

	// Packages are installed once, and again when the lock file changes.
	private static synchronized void install() {
		requireNode();
		try {
			Files.createDirectories(INSTALLED);
			for (Path file : sources()) {
				Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
			Path done = INSTALLED.resolve("installed.json");
			String lock = Files.readString(INSTALLED.resolve("package-lock.json"));
			if (!Files.exists(done) || !Files.readString(done).equals(lock)) {
				Programs.run(INSTALLED, "npm", "ci", "--no-audit", "--no-fund").orElseThrow();
				Files.writeString(done, lock);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void requireNode() {
		Assumptions.assumeTrue(Programs.find("node").isPresent() && Programs.find("npm").isPresent(),
				"Node and npm are not on the PATH; install Node 20 or later to run this test");
		String version = Programs.run(SOURCES, "node", "--version").orElseThrow().strip();
		Assumptions.assumeTrue(Integer.parseInt(version.replaceAll("^v|\\..*", "")) >= 20,
				"Node is %s; install Node 20 or later to run this test".formatted(version));
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.list(SOURCES)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

}
