package io.flowforge.launcher.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * The folder with everything that a stack keeps, while it runs and afterwards.
 *
 * @param path the folder
 */
public record DataFolder(Path path) {

	/** Everything in it that the stack has made, for {@code --clean}. */
	private static final List<String> OWN = Stream
		.concat(Stream.of("run", "log", "jars", "launcher", "state.json"), Stream.of(Part.values()).map(Part::id))
		.toList();

	public static DataFolder of(Repository repository, Settings settings) {
		String set = settings.get(Setting.DATA);
		return new DataFolder(set.isEmpty() ? repository.root().resolve("stack/.data") : Path.of(set));
	}

	public Path log(String name) {
		return this.path.resolve("log").resolve(name + ".log");
	}

	/**
	 * The folder in which a part keeps its files.
	 * @param part the part
	 * @return its folder
	 */
	public Path of(Part part) {
		return this.path.resolve(part.id());
	}

	public Path jars() {
		return this.path.resolve("jars");
	}

	/**
	 * The folder of the target files that {@code make watch} writes.
	 * @return the folder
	 */
	public Path targets() {
		return this.path.resolve("targets");
	}

	public Path run() {
		return this.path.resolve("run");
	}

	public Path state() {
		return this.path.resolve("state.json");
	}

	/**
	 * Remove what the stack has made, except for the services that are watched. A folder
	 * that was named by mistake may hold other things: they stay.
	 */
	public void clean() {
		OWN.forEach((name) -> delete(this.path.resolve(name)));
	}

	/**
	 * Write a file so that nobody ever reads half of it.
	 * @param file the file
	 * @param text its contents
	 */
	public static void write(Path file, String text) {
		try {
			Files.createDirectories(file.getParent());
			Path complete = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
			Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Remove a file, or a folder with everything in it, if it is there.
	 * @param path the file or folder
	 */
	public static void delete(Path path) {
		if (!Files.exists(path)) {
			return;
		}
		try (Stream<Path> files = Files.walk(path)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
