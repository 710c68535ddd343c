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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of its own, which ends with this one at the latest.
 */
final class Server implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

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
		Runtime.getRuntime().addShutdownHook(this.lastResort);
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
		Server server = new Server(name, folder, command);
		try {
			Waiting.until(name + " being healthy", START_LIMIT, () -> server.isHealthy(health), Waiting.SILENTLY);
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

	private Optional<Boolean> isHealthy(URI health) {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("%s ended with status %d".formatted(this.name, this.process.exitValue()));
		}
		try {
			Http.get(health);
			return Optional.of(true);
		}
		catch (UncheckedIOException ex) {
			return Optional.empty();
		}
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
		Runtime.getRuntime().removeShutdownHook(this.lastResort);
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
