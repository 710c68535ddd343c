package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.launcher.process.Programs;

/**
 * Copies of folders in which a test may do what it likes.
 */
final class CleanCopy {

	private CleanCopy() {
	}

	/**
	 * Copy a repository as a fresh clone has it: no file that Git ignores.
	 * @param repository its folder
	 * @param target where to
	 * @return the target
	 */
	static Path of(Path repository, Path target) throws IOException {
		List<String> files = Programs.run(repository, "git", "ls-files", "--cached", "--others", "--exclude-standard")
			.orElseThrow()
			.lines()
			.toList();
		for (String name : files) {
			Path file = repository.resolve(name);
			if (Files.exists(file)) {
				Files.createDirectories(target.resolve(name).getParent());
				Files.copy(file, target.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
			}
		}
		return target;
	}

	static Path ofFolder(Path source, Path target) throws IOException {
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Files.copy(file, target.resolve(source.relativize(file).toString()));
			}
		}
		return target;
	}

	/**
	 * A local Maven repository with all that is in this user's, in the same space: what
	 * is installed into it is in no other.
	 * @param target where to
	 * @return the target
	 */
	static Path ofMavenRepository(Path target) throws IOException {
		Path source = Path
			.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
		Files.createDirectories(target);
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Path copy = target.resolve(source.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					link(file, copy);
				}
			}
		}
		return target;
	}

	private static void link(Path file, Path copy) throws IOException {
		try {
			Files.createLink(copy, file);
		}
		catch (IOException | UnsupportedOperationException ex) {
			// Another file system.
			Files.copy(file, copy);
		}
	}

}
