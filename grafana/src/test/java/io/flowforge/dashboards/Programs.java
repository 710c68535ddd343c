package io.flowforge.dashboards;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * Programs on the PATH of this machine that the tests run.
 */
final class Programs {

	private Programs() {
	}

	/**
	 * Find a program.
	 * @param name its name
	 * @return its file, if it is on the PATH
	 */
	static Optional<Path> find(String name) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Find a program that {@code stack/install} installs. If it is missing, the test is
	 * skipped; under {@code CI=true} it fails.
	 * @param name its name
	 * @return its file
	 */
	static Path require(String name) {
		return find(name).orElseGet(() -> {
			String message = name + " is not on the PATH; 'stack/install' installs it or says how";
			if ("true".equals(System.getenv("CI"))) {
				throw new AssertionError(message);
			}
			return Assumptions.abort(message);
		});
	}

	/**
	 * Run a command and wait until it ends.
	 * @param folder its working directory
	 * @param command the command
	 * @return its exit status and output
	 */
	static Result run(Path folder, String... command) {
		try {
			Path output = Files.createTempFile("output", ".txt");
			Process process = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			process.getOutputStream().close();
			if (!process.waitFor(2, TimeUnit.MINUTES)) {
				process.destroyForcibly();
				throw new IllegalStateException(
						"%s is still running after 2 minutes".formatted(String.join(" ", command)));
			}
			Result result = new Result(process.exitValue(), Files.readString(output));
			Files.delete(output);
			return result;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/**
	 * How a program ended.
	 *
	 * @param status its exit status
	 * @param output everything that it printed
	 */
	record Result(int status, String output) {

		String orElseThrow() {
			if (this.status != 0) {
				throw new AssertionError("Exit status %d: %s".formatted(this.status, this.output));
			}
			return this.output;
		}

	}

}
