package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of this repository that are under test.
 */
final class Repository {

	private static final Path ROOT = find();

	private Repository() {
	}

	static Path file(String path) {
		Path file = ROOT.resolve(path);
		if (!Files.exists(file)) {
			throw new IllegalStateException(path + " is missing; './mvnw package' builds what is built");
		}
		return file;
	}

	/**
	 * The YAML files of a folder.
	 * @param folder the folder
	 * @return its files, by name
	 */
	static List<Path> yamlFiles(String folder) {
		try (Stream<Path> files = Files.list(file(folder))) {
			return files.filter((file) -> file.toString().endsWith(".yml")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path find() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(folder.resolve("prometheus-rules"))) {
			folder = folder.getParent();
		}
		return folder;
	}

}
