package io.flowforge.samples.inbox.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prometheus or Alertmanager as a process.
 */
final class Backend implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final Process process;

	private final Thread killer;

	private final Path log;

	private final URI address;

	Backend(Path folder, int port, List<String> command) throws IOException {
		this.address = URI.create("http://127.0.0.1:" + port);
		this.log = folder.resolve("log");
		this.process = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.log.toFile())
			.start();
		this.killer = new Thread(this.process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.killer);
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	Backend awaitReady() throws IOException, InterruptedException {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!isReady()) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				throw new IllegalStateException("Not ready: " + Files.readString(this.log));
			}
			Thread.sleep(50);
		}
		return this;
	}

	private boolean isReady() throws InterruptedException {
		try {
			HttpRequest request = HttpRequest.newBuilder(this.address.resolve("/-/ready"))
				.timeout(Duration.ofSeconds(1))
				.build();
			return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	String get(String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(this.address.resolve(path)).build(), BodyHandlers.ofString())
			.body();
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
			Runtime.getRuntime().removeShutdownHook(this.killer);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
