package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tempo as the stack runs it.
 */
final class TempoProcess implements AutoCloseable {

	private final int port = Server.freePort();

	private final int otlpPort = Server.freePort();

	private final Server server;

	/**
	 * Start Tempo; where there is none, the test is skipped.
	 * @param folder where its files go
	 * @param prometheus who gets the metrics that it makes of spans
	 */
	TempoProcess(Path folder, URI prometheus) {
		try {
			Path data = Files.createDirectories(folder.resolve("tempo"));
			this.server = Server.start("tempo", data, address().resolve("/ready"),
					List.of("env", "TEMPO_PORT=" + this.port, "TEMPO_GRPC_PORT=" + Server.freePort(),
							"TEMPO_OTLP_PORT=" + this.otlpPort, "TEMPO_DATA=" + data,
							"TEMPO_REMOTE_WRITE=" + prometheus.resolve("/api/v1/write"), program().toString(),
							"-config.file=" + Repository.file("stack/tempo/config.yaml"), "-config.expand-env=true"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path program() {
		Assumptions.assumeTrue(Program.find("tempo").isPresent(), "tempo is not on the PATH");
		return Program.find("tempo").orElseThrow();
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * Where the Collector delivers.
	 * @return a base address of OTLP
	 */
	String endpoint() {
		return "http://127.0.0.1:" + this.otlpPort;
	}

	/**
	 * The names of a trace's spans.
	 * @param id its id
	 * @return names, empty if there is no such trace
	 */
	Set<String> spans(String id) {
		try {
			return names(get("/api/v2/traces/" + id).findValues("spans"));
		}
		catch (UncheckedIOException ex) {
			return Set.of();
		}
	}

	private static Set<String> names(List<JsonNode> spans) {
		Set<String> names = new TreeSet<>();
		spans.forEach((some) -> some.forEach((span) -> names.add(span.path("name").asString())));
		return names;
	}

	/**
	 * Look for the traces of the last hour.
	 * @param query in TraceQL
	 * @return their ids
	 */
	Set<String> search(String query) {
		Set<String> ids = new TreeSet<>();
		// Tempo leaves leading zeros out.
		get("/api/search?limit=1000&" + lastHour() + encoded(query)).path("traces")
			.forEach((trace) -> ids
				.add("0".repeat(32 - trace.path("traceID").asString().length()) + trace.path("traceID").asString()));
		return ids;
	}

	/**
	 * Ask for a metric of the last hour.
	 * @param query in TraceQL
	 * @return its highest value
	 */
	double metric(String query) {
		return get("/api/metrics/query_range?step=1m&" + lastHour() + encoded(query)).findValues("value")
			.stream()
			.mapToDouble((value) -> value.asDouble(0))
			.max()
			.orElse(0);
	}

	private JsonNode get(String path) {
		return JsonMapper.shared().readTree(Http.get(address().resolve(path)));
	}

	private static String lastHour() {
		long now = System.currentTimeMillis() / 1000;
		return "start=%d&end=%d&q=".formatted(now - 3600, now + 10);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
