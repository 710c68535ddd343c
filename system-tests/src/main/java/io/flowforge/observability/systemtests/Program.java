package io.flowforge.observability.systemtests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * Programs on this machine, run to their end.
 */
final class Program {

	private Program() {
	}

	/**
	 * Find a program.
	 * @param names its names, the preferred one first
	 * @return where it is, if it is on the PATH
	 */
	static Optional<Path> find(String... names) {
		return Stream.of(names)
			.flatMap((name) -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
				.map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Find a program that the tests cannot do without. Where it is missing, the test is
	 * skipped with its name; under {@code CI=true} the test fails.
	 * @param names its names, the preferred one first
	 * @return where it is
	 */
	static Path require(String... names) {
		Optional<Path> program = find(names);
		if (program.isEmpty()) {
			missing("%s is not on the PATH; 'stack/install' installs it or says how".formatted(names[0]));
		}
		return program.orElseThrow();
	}

	/**
	 * Skip the test, or fail it under {@code CI=true}.
	 * @param what what is missing
	 */
	static void missing(String what) {
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(what);
		}
		Assumptions.abort(what);
	}

	/**
	 * The Java that runs this.
	 * @return where it is
	 */
	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/**
	 * Run a command to its end.
	 * @param folder where
	 * @param environment variables besides those of this process
	 * @param input what it reads
	 * @param command the command
	 * @return how it ended
	 */
	static Result run(Path folder, Map<String, String> environment, String input, String... command) {
		try {
			Path output = Files.createTempFile("output", ".txt");
			Path inputFile = Files.writeString(Files.createTempFile("input", ".txt"), input);
			ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.redirectInput(inputFile.toFile());
			builder.environment().putAll(environment);
			Process process = builder.start();
			if (!process.waitFor(2, TimeUnit.MINUTES)) {
				process.destroyForcibly();
				throw new IllegalStateException(String.join(" ", command) + " does not end");
			}
			Result result = new Result(process.exitValue(), Files.readString(output));
			Files.delete(output);
			Files.delete(inputFile);
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
	 * @param output all that it printed
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
