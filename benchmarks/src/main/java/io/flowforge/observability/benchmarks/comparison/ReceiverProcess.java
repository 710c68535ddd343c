package io.flowforge.observability.benchmarks.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A {@link CountingReceiver} in a JVM of its own, so that its garbage is not the load
 * generator's.
 */
final class ReceiverProcess implements AutoCloseable {

	private final Process process;

	private final String endpoint;

	private ReceiverProcess(Process process, String endpoint) {
		this.process = process;
		this.endpoint = endpoint;
	}

	static ReceiverProcess start() throws IOException {
		// Without the first option, answers would wait for acknowledgements.
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dsun.net.httpserver.nodelay=true", "-XX:+UseSerialGC", "-Xms128m", "-Xmx128m", "-cp",
				System.getProperty("java.class.path"), CountingReceiver.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
		String port = process.inputReader().readLine();
		if (port == null) {
			throw new IOException("The receiver has not started");
		}
		return new ReceiverProcess(process, "http://127.0.0.1:" + port);
	}

	String endpoint() {
		return this.endpoint;
	}

	ReceivedItems items() throws IOException {
		try (InputStream body = URI.create(this.endpoint + "/counts").toURL().openStream()) {
			return ReceivedItems.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
		}
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
