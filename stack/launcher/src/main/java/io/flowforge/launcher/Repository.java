package io.flowforge.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of this repository, or of a copy of it.
 *
 * @param root its folder
 */
public record Repository(Path root) {

	/**
	 * Find the repository that a folder is in.
	 * @param folder the folder
	 * @return the repository
	 * @throws StackException if the folder is in none
	 */
	public static Repository around(Path folder) {
		for (Path root = folder.toAbsolutePath(); root != null; root = root.getParent()) {
			if (Files.isDirectory(root.resolve("prometheus-rules")) && Files.isDirectory(root.resolve("stack"))) {
				return new Repository(root);
			}
		}
		throw new StackException(
				folder.toAbsolutePath() + " is not inside the FlowForge repository: run this from within it.");
	}

	/**
	 * A file of the repository.
	 * @param path its path, relative to the root
	 * @return the file
	 * @throws StackException if there is no such file
	 */
	public Path file(String path) {
		Path file = this.root.resolve(path);
		if (!Files.exists(file)) {
			throw new StackException(path + " is missing from " + this.root + ".");
		}
		return file;
	}

	/**
	 * The YAML files of a folder, or none if the folder is not there.
	 * @param folder the folder, relative to the root
	 * @return its files, by name
	 */
	public List<Path> yamlFiles(String folder) {
		return yamlFiles(this.root.resolve(folder));
	}

	/**
	 * The YAML files of any folder, or none if the folder is not there.
	 * @param folder the folder
	 * @return its files, by name
	 */
	public static List<Path> yamlFiles(Path folder) {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".yml")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
