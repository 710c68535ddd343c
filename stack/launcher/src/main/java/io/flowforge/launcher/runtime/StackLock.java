package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.DataFolder;

/**
 * Keeps two commands from changing the same stack at once. The system frees it when a
 * command ends, however it ends.
 */
final class StackLock {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private StackLock() {
	}

	/**
	 * Do something while no other command changes the stack.
	 * @param <T> the type of what comes of it
	 * @param data the stack's folder
	 * @param work what to do
	 * @return what came of it
	 */
	static <T> T whileHeld(DataFolder data, Supplier<T> work) {
		Path path = data.run().resolve("lock");
		try {
			Files.createDirectories(path.getParent());
			try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
				Waiting.forValue("Another command is changing this stack; try again when it is done", TIMEOUT,
						() -> tryLock(file));
				return work.get();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<FileLock> tryLock(FileChannel file) {
		try {
			return Optional.ofNullable(file.tryLock());
		}
		catch (OverlappingFileLockException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
