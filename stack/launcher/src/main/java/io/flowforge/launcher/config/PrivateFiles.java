package io.flowforge.launcher.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files and folders that only their owner may read: secrets are near.
 */
final class PrivateFiles {

	private PrivateFiles() {
	}

	static void createFolder(Path folder) {
		try {
			Files.createDirectories(folder,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a file, and its folder if it is not there. A file that is there keeps its
	 * place on the disk: a container may have mounted it.
	 * @param file the file
	 * @param text its text
	 */
	static void write(Path file, String text) {
		createFolder(file.toAbsolutePath().getParent());
		try {
			if (!Files.exists(file)) {
				Files.createFile(file,
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			}
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a file such that nobody sees half of it.
	 * @param file the file
	 * @param text its text
	 * @param draft a file on the same disk, where it is written first
	 * @return whether it is different from what it was
	 */
	static boolean replace(Path file, String text, Path draft) {
		try {
			if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), text.getBytes(StandardCharsets.UTF_8))) {
				return false;
			}
			write(draft, text);
			createFolder(file.toAbsolutePath().getParent());
			Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The files in a folder and below.
	 * @param folder the folder
	 * @return their paths, relative to it, in order; links are left out
	 */
	static List<Path> list(Path folder) {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
				.map(folder::relativize)
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Delete a folder with everything in it.
	 * @param folder the folder, which may be missing
	 */
	static void delete(Path folder) {
		if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Put a folder in the place of another.
	 * @param folder the folder
	 * @param place where it goes; what was there is deleted
	 */
	static void move(Path folder, Path place) {
		delete(place);
		try {
			Files.move(folder, place);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
