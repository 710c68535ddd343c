package io.flowforge.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The ports that this process and others of the same user were given. The system offers a
 * port again until something listens on it, and a server takes seconds to come to that:
 * two test JVMs would get the same one. A claim is a lock on one byte of a file that all
 * of them share; the system removes it when its process ends.
 */
final class PortClaims {

	private static final FileChannel FILE = open();

	private PortClaims() {
	}

	static boolean claim(int port) {
		try {
			return FILE.tryLock(port, 1, false) != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static FileChannel open() {
		Path file = Path.of(System.getProperty("java.io.tmpdir"), "flowforge-ports-" + System.getProperty("user.name"));
		try {
			return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
					LinkOption.NOFOLLOW_LINKS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
