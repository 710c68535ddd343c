package io.flowforge.observability.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A variant of the application that runs in a JVM of its own.
 */
final class ApplicationProcess implements AutoCloseable {

	static final String MAIN_CLASS = "io.flowforge.observability.benchmarks.application.Application";

	private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

	private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);

	private final int port = freePort();

	private final int meterPort = freePort();

	private final Process process;

	private final double secondsToFirstResponse;

	/**
	 * Start an application, and wait for its first response.
	 * @param java the command that starts its JVM, with options and class path
	 * @param arguments arguments of the application
	 * @param log the file that takes what it prints
	 * @throws IOException if it does not start
	 */
	ApplicationProcess(List<String> java, List<String> arguments, File log) throws IOException {
		List<String> command = new ArrayList<>(java);
		command.addAll(List.of("-Dmeter.port=" + this.meterPort, MAIN_CLASS, "--spring.application.name=comparison",
				"--server.address=127.0.0.1", "--server.port=" + this.port,
				"--server.tomcat.max-keep-alive-requests=-1"));
		command.addAll(arguments);
		long start = System.nanoTime();
		this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		try {
			awaitResponse(start, log);
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
		this.secondsToFirstResponse = (System.nanoTime() - start) / 1e9;
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * How long it took from the start of the process to the first response.
	 * @return seconds
	 */
	double secondsToFirstResponse() {
		return this.secondsToFirstResponse;
	}

	CpuTime cpuTime() throws IOException {
		return CpuTime.of(this.process.pid());
	}

	MeterReading meter() throws IOException {
		return MeterReading.read(this.meterPort);
	}

	MeterReading meterAfterGarbageCollection() throws IOException {
		return MeterReading.readAfterGarbageCollection(this.meterPort);
	}

	/**
	 * The memory that the process holds.
	 * @return kilobytes
	 * @throws IOException if it has ended
	 */
	long residentKilobytes() throws IOException {
		return Files.readAllLines(Path.of("/proc/%d/status".formatted(this.process.pid())))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.sum();
	}

	/**
	 * Send SIGTERM, as a container engine does.
	 * @return how long the process takes to exit, in seconds
	 */
	CompletableFuture<Double> terminate() {
		long start = System.nanoTime();
		this.process.destroy();
		return this.process.onExit()
			.thenApply((process) -> (System.nanoTime() - start) / 1e9)
			.orTimeout(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	private void awaitResponse(long start, File log) throws IOException {
		while (!responds()) {
			if (!this.process.isAlive() || System.nanoTime() - start > START_TIMEOUT.toNanos()) {
				throw new IOException("The application has not started, see " + log);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
		}
	}

	private boolean responds() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			socket.getOutputStream()
				.write("GET /orders/1 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1)
				.equals("HTTP/1.1 200");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
