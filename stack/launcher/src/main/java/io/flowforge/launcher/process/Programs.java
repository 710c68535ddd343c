package io.flowforge.launcher.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;

/**
 * Programs on this machine that run to their end.
 */
public final class Programs {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private Programs() {
	}

	/**
	 * Find a program on the PATH.
	 * @param names its names, the preferred one first
	 * @return where it is, if it is there
	 */
	public static Optional<Path> find(String... names) {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.of(names)
			.flatMap((name) -> Arrays.stream(path.split(File.pathSeparator))
				.filter((folder) -> !folder.isEmpty())
				.map((folder) -> Path.of(folder, name)))
			.filter((program) -> Files.isExecutable(program) && Files.isRegularFile(program))
			.findFirst();
	}

	/**
	 * The Java that runs this.
	 * @return where it is
	 */
	public static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/**
	 * Run a command for at most two minutes.
	 * @param folder its working directory
	 * @param command the command
	 * @return how it ended
	 */
	public static Result run(Path folder, String... command) {
		return run(folder, Map.of(), "", TIMEOUT, List.of(command));
	}

	/**
	 * Run a command to its end.
	 * @param folder its working directory
	 * @param environment variables besides those of this process
	 * @param input what it reads
	 * @param timeout how long it may take before it is ended
	 * @param command the command
	 * @return how it ended
	 * @throws StackException if it cannot be started, or does not end in time
	 */
	public static Result run(Path folder, Map<String, String> environment, String input, Duration timeout,
			List<String> command) {
		Path output = null;
		Path inputFile = null;
		try {
			output = temporaryFile("output");
			inputFile = Files.writeString(temporaryFile("input"), input);
			ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.redirectInput(inputFile.toFile());
			builder.environment().putAll(environment);
			Process process = builder.start();
			try {
				if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new StackException(
							"%s did not end within %d s.".formatted(String.join(" ", command), timeout.toSeconds()));
				}
				return new Result(process.exitValue(), Files.readString(output));
			}
			finally {
				process.descendants().forEach(ProcessHandle::destroyForcibly);
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new StackException("%s cannot be run: %s".formatted(command.get(0), ex.getMessage()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted while " + command.get(0) + " ran.", ex);
		}
		finally {
			delete(output);
			delete(inputFile);
		}
	}

	// Gone also when somebody ends this process meanwhile.
	private static Path temporaryFile(String prefix) throws IOException {
		Path file = Files.createTempFile(prefix, ".txt");
		file.toFile().deleteOnExit();
		return file;
	}

	private static void delete(@Nullable Path file) {
		try {
			if (file != null) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * How a program ended.
	 *
	 * @param status its exit status
	 * @param output everything that it printed
	 */
	public record Result(int status, String output) {

		/**
		 * Whether the program succeeded.
		 * @return whether its exit status is 0
		 */
		public boolean isSuccess() {
			return this.status == 0;
		}

		/**
		 * What a program that succeeded has printed.
		 * @return its output
		 * @throws StackException if it failed
		 */
		public String orElseThrow() {
			if (!isSuccess()) {
				throw new StackException("Exit status %d: %s".formatted(this.status, this.output.strip()));
			}
			return this.output;
		}

	}

}
