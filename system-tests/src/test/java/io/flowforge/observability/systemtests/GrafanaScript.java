package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * Scripts that read dashboards with what Grafana publishes on the npm registry.
 */
final class GrafanaScript {

	private static final Path SOURCES = Repository.file("system-tests/src/test/grafana");

	private GrafanaScript() {
	}

	/**
	 * Run a script.
	 * @param script its file, and what else it is told
	 * @param dashboards what it reads
	 * @return how it ended
	 */
	static Program.Result run(List<String> script, List<Path> dashboards) {
		List<String> command = new ArrayList<>(List.of("node", installed().resolve(script.get(0)).toString()));
		command.addAll(script.subList(1, script.size()));
		dashboards.forEach((dashboard) -> command.add(dashboard.toString()));
		return Program.run(SOURCES, Map.of(), "", command.toArray(String[]::new));
	}

	/**
	 * The dashboards that Grafana is given.
	 * @return their files
	 */
	static List<Path> dashboards() {
		return files(Repository.file("grafana/dashboards")).filter((file) -> file.toString().endsWith(".json"))
			.toList();
	}

	/**
	 * A dashboard with a mistake.
	 * @param dashboard its name
	 * @param right a regular expression for what is right in it
	 * @param wrong what is there instead
	 * @param copy where to write it
	 * @return the copy
	 * @throws IOException if it cannot be written
	 */
	static Path broken(String dashboard, String right, String wrong, Path copy) throws IOException {
		String text = Files.readString(Repository.file("grafana/dashboards/" + dashboard));
		String broken = text.replaceFirst(right, wrong);
		if (broken.equals(text)) {
			throw new AssertionError("%s has no %s to break".formatted(dashboard, right));
		}
		return Files.writeString(copy, broken);
	}

	// Once, and again when other packages are asked for.
	private static synchronized Path installed() {
		requireNode();
		Path folder = Repository.file("system-tests").resolve("target/grafana");
		try {
			Files.createDirectories(folder);
			for (Path file : files(SOURCES).toList()) {
				Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
			Path done = folder.resolve("installed.json");
			String lock = Files.readString(folder.resolve("package-lock.json"));
			if (!Files.exists(done) || !Files.readString(done).equals(lock)) {
				Program.run(folder, Map.of(), "", "npm", "ci", "--no-audit", "--no-fund").orElseThrow();
				Files.writeString(done, lock);
			}
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void requireNode() {
		Assumptions.assumeTrue(Program.find("node").isPresent() && Program.find("npm").isPresent(),
				"Node and npm are not on the PATH; they read dashboards with Grafana's own packages");
		String version = Program.run(SOURCES, Map.of(), "", "node", "--version").orElseThrow().strip();
		Assumptions.assumeTrue(Integer.parseInt(version.replaceAll("^v|\\..*", "")) >= 20,
				"Node is %s; Grafana's own packages are read with 20 or later".formatted(version));
	}

	private static Stream<Path> files(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isRegularFile).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
