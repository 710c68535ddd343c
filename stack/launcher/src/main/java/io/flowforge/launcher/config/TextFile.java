package io.flowforge.launcher.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.flowforge.launcher.StackException;

/**
 * Text files that people write.
 */
final class TextFile {

	private TextFile() {
	}

	/**
	 * Read a file.
	 * @param file the file
	 * @return its text
	 * @throws StackException if it cannot be read
	 */
	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (MalformedInputException ex) {
			throw new StackException(file + " cannot be read: it is not UTF-8 text.", ex);
		}
		catch (IOException ex) {
			throw new StackException(file + " cannot be read: check that it is a file and that you may read it.", ex);
		}
	}

}
