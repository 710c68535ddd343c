package io.flowforge.launcher.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.flowforge.launcher.StackException;

/**
 * Runs commands that take long and say much.
 */
final class Logged {

	private Logged() {
	}

	/**
	 * Run a command to its end; it ends with this process at the latest.
	 * @param folder its working directory
	 * @param log the file for what it prints
	 * @param command the command
	 * @return its exit status
	 */
	static int run(Path folder, Path log, List<String> command) {
		try {
			Files.createDirectories(log.toAbsolutePath().getParent());
			Process process = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
				.start();
			Thread end = new Thread(() -> end(process));
			Runtime.getRuntime().addShutdownHook(end);
			try {
				return process.waitFor();
			}
			catch (InterruptedException ex) {
				end(process);
				Thread.currentThread().interrupt();
				throw new StackException("Interrupted while " + command.get(0) + " ran.", ex);
			}
			finally {
				forget(end);
			}
		}
		catch (IOException ex) {
			throw new StackException("%s cannot be run: %s".formatted(command.get(0), ex.getMessage()), ex);
		}
	}

	private static void end(Process process) {
		process.descendants().forEach(ProcessHandle::destroy);
		process.destroy();
	}

	private static void forget(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// This process is ending, and the hook has run or is running.
		}
	}

}
