package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server as a process of its own, which ends with this one at the latest.
 */
final class Server implements AutoCloseable {

	// Generous: many may start at the same time, on a machine that has other things to
	// do.
	private static final Duration START_LIMIT = Duration.ofMinutes(2);

	private final String name;

	private final Path log;

	private final Process process;

	private final Thread lastResort;

	private Server(String name, Path folder, List<String> command) {
		this.name = name;
		this.log = logFolder().resolve(name + ".log");
		try {
			this.process = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(this.log.toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.lastResort = new Thread(this.process::destroyForcibly);
		try {
			Runtime.getRuntime().addShutdownHook(this.lastResort);
		}
		catch (IllegalStateException ex) {
			// This JVM is ending already.
			this.process.destroyForcibly();
			throw ex;
		}
	}

	/**
	 * Start a server and wait until it is healthy.
	 * @param name what it is called in logs and errors
	 * @param folder its working directory
	 * @param health answers with 2xx once it is healthy
	 * @param command the command
	 * @return the server
	 */
	static Server start(String name, Path folder, URI health, List<String> command) {
		return start(name, folder, () -> answers(health), command);
	}

	/**
	 * Start a server and wait until it is ready.
	 * @param name what it is called in logs and errors
	 * @param folder its working directory
	 * @param ready whether it is
	 * @param command the command
	 * @return the server
	 */
	static Server start(String name, Path folder, BooleanSupplier ready, List<String> command) {
		Server server = new Server(name, folder, command);
		try {
			Waiting.until(name + " being ready", START_LIMIT, () -> server.isReady(ready), Waiting.SILENTLY);
			return server;
		}
		catch (RuntimeException ex) {
			server.close();
			throw new IllegalStateException("%s does not start: %s".formatted(name, server.log()), ex);
		}
	}

	/**
	 * Ask the system for a port that nobody uses.
	 * @return the port
	 */
	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What the server printed.
	 * @return its log
	 */
	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Optional<Boolean> isReady(BooleanSupplier ready) {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("%s ended with status %d".formatted(this.name, this.process.exitValue()));
		}
		return Optional.of(true).filter((yes) -> ready.getAsBoolean());
	}

	private static boolean answers(URI health) {
		try {
			Http.get(health);
			return true;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	/**
	 * Send the server a signal.
	 * @param name such as {@code STOP}
	 */
	void signal(String name) {
		// The shell's own: not every system has a program of that name.
		Program.run(Path.of("/"), Map.of(), "", "/bin/sh", "-c", "kill -%s %d".formatted(name, this.process.pid()))
			.orElseThrow();
	}

	/**
	 * End the server without giving it time for anything.
	 */
	void kill() {
		this.process.destroyForcibly();
		close();
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		try {
			Runtime.getRuntime().removeShutdownHook(this.lastResort);
		}
		catch (IllegalStateException ex) {
			// This JVM is ending, and the hook has nothing left to do.
		}
	}

	private static Path logFolder() {
		try {
			return Files.createDirectories(Path.of("target", "logs"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
