package io.flowforge.observability.systemtests;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loki as the stack runs it, with durations shortened.
 */
final class LokiProcess implements AutoCloseable {

	private final int port = Server.freePort();

	private final Server server;

	/**
	 * Start Loki; where there is none, the test is skipped.
	 * @param folder where its files go
	 * @param alertmanager whom its ruler tells
	 */
	LokiProcess(Path folder, URI alertmanager) {
		Path configuration = new AssembledConfiguration(folder).loki();
		this.server = Server.start("loki", configuration, address().resolve("/ready"),
				List.of("env", "LOKI_PORT=" + this.port, "LOKI_GRPC_PORT=" + Server.freePort(),
						"LOKI_DATA=" + configuration.resolve("data"), "LOKI_RULES=" + configuration.resolve("rules"),
						"LOKI_ALERTMANAGERS=" + alertmanager, program().toString(),
						"-config.file=" + configuration.resolve("config.yaml"), "-config.expand-env=true"));
	}

	static Path program() {
		Assumptions.assumeTrue(Program.find("loki").isPresent(), "loki is not on the PATH");
		return Program.find("loki").orElseThrow();
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * Where the Collector delivers.
	 * @return a base address of OTLP
	 */
	String endpoint() {
		return address() + "/otlp";
	}

	/**
	 * Look for the lines of the last hour.
	 * @param query in LogQL
	 * @return labels and structured metadata by line
	 */
	Map<String, Map<String, String>> lines(String query) {
		Map<String, Map<String, String>> lines = new TreeMap<>();
		for (JsonNode stream : get("query_range?limit=1000&since=1h&query=" + encoded(query)).path("result")) {
			Map<String, String> labels = new TreeMap<>();
			stream.path("stream").forEachEntry((name, value) -> labels.put(name, value.asString()));
			stream.path("values").forEach((value) -> lines.put(value.path(1).asString(), labels));
		}
		return lines;
	}

	/**
	 * The labels that make streams.
	 * @return their names
	 */
	Set<String> labels() {
		Set<String> names = new TreeSet<>();
		get("labels?since=1h").forEach((name) -> names.add(name.asString()));
		return names;
	}

	private JsonNode get(String path) {
		return JsonMapper.shared()
			.readTree(Http.get(URI.create("%s/loki/api/v1/%s".formatted(address(), path))))
			.path("data");
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
