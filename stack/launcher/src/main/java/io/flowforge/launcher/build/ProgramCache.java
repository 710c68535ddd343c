package io.flowforge.launcher.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

import io.flowforge.launcher.StackException;

/**
 * Where the programs are that the stack gets itself, for all stacks of this user.
 */
final class ProgramCache {

	private ProgramCache() {
	}

	/**
	 * The file of a program.
	 * @param name its name, with its version
	 * @return where it is once it has been made
	 */
	static Path file(String name) {
		String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
		return Path.of(cache, "flowforge", name);
	}

	/**
	 * Make a program.
	 * @param target its file
	 * @param title what it is called in messages
	 * @param maker makes it in the empty folder that it gets, and returns its file there
	 * @return its file
	 * @throws StackException if it cannot be made
	 */
	static Path make(Path target, String title, Maker maker) {
		Path work = null;
		try {
			Files.createDirectories(target.getParent());
			work = Files.createTempDirectory(target.getParent(), "build");
			// In one step: somebody else may be at it, too.
			return Files.move(maker.make(work), target, StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new StackException("%s cannot be put into %s: %s".formatted(title, target.getParent(), ex), ex);
		}
		finally {
			if (work != null) {
				delete(work);
			}
		}
	}

	static void delete(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			// Go writes its modules so that nobody changes them.
			files.sorted(Comparator.reverseOrder()).forEach((file) -> {
				file.toFile().getParentFile().setWritable(true);
				file.toFile().delete();
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes a program.
	 */
	@FunctionalInterface
	interface Maker {

		Path make(Path folder) throws IOException;

	}

}
