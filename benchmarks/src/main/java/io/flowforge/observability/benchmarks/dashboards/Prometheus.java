package io.flowforge.observability.benchmarks.dashboards;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import io.flowforge.observability.benchmarks.history.Blocks;
import io.flowforge.observability.benchmarks.history.RecordedSeries;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus with a history that it has not scraped itself.
 */
final class Prometheus implements AutoCloseable {

	// The longest block that Prometheus itself makes of a few days.
	private static final Duration BLOCK = Duration.ofHours(18);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Path folder;

	private final URI address;

	private final Process process;

	private Prometheus(Path folder, int port, Process process) {
		this.folder = folder;
		this.address = URI.create("http://127.0.0.1:" + port);
		this.process = process;
	}

	/**
	 * Write a history, and start Prometheus on it. Needs {@code prometheus} and
	 * {@code promtool} on the PATH.
	 * @param folder an empty folder
	 * @param history the series
	 * @param since when the history begins
	 * @param until when it ends
	 * @return the running Prometheus
	 * @throws IOException if it cannot be written
	 * @throws InterruptedException if this thread is interrupted
	 */
	static Prometheus start(Path folder, List<RecordedSeries> history, Instant since, Instant until)
			throws IOException, InterruptedException {
		Blocks.write(folder, history, BLOCK, since, until);
		Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
		int port = freePort();
		Process process = start(folder, "prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
				"--web.listen-address=127.0.0.1:" + port);
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		Prometheus prometheus = new Prometheus(folder, port, process);
		prometheus.awaitReady();
		return prometheus;
	}

	private static Process start(Path folder, String... command) throws IOException {
		return new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve(command[0] + ".log").toFile())
			.start();
	}

	private void awaitReady() throws IOException, InterruptedException {
		for (int i = 0; i < 600; i++) {
			if (!this.process.isAlive()) {
				throw new IllegalStateException(Files.readString(this.folder.resolve("prometheus.log")));
			}
			try {
				if (get("/-/ready").statusCode() == 200) {
					return;
				}
			}
			catch (IOException ex) {
				// It does not listen yet.
			}
			Thread.sleep(100);
		}
		throw new IllegalStateException(Files.readString(this.folder.resolve("prometheus.log")));
	}

	/**
	 * Ask, as Grafana does: what is answered may be compressed.
	 * @param path the path of the API
	 * @param parameters its parameters
	 * @return the answer, which has arrived as a whole
	 * @throws IOException if Prometheus does not answer
	 * @throws InterruptedException if this thread is interrupted
	 */
	byte[] ask(String path, Map<String, String> parameters) throws IOException, InterruptedException {
		HttpResponse<byte[]> answer = get(path + parameters.entrySet()
			.stream()
			.map((each) -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&", "?", "")));
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(json(answer.body()).toString());
		}
		return answer.body();
	}

	private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.address.resolve(path))
			.header("Accept-Encoding", "gzip")
			.build();
		return this.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
	}

	/**
	 * How long Prometheus has kept processors busy since it was started.
	 * @return the time
	 */
	Duration cpuTime() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	static JsonNode json(byte[] answer) {
		try (InputStream text = unzipped(answer)) {
			return JsonMapper.shared().readTree(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static InputStream unzipped(byte[] answer) throws IOException {
		InputStream bytes = new ByteArrayInputStream(answer);
		boolean zipped = answer.length > 1 && answer[0] == (byte) 0x1f && answer[1] == (byte) 0x8b;
		return zipped ? new BufferedInputStream(new GZIPInputStream(bytes)) : bytes;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
	}

}
