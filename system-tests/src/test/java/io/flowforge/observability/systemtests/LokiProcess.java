package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.flowforge.drill.backend.BackendConfiguration;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Http;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.TemporaryServer;
import io.flowforge.launcher.runtime.BackendCommands;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loki as the stack runs it, with shorter durations.
 */
final class LokiProcess implements AutoCloseable {

	private final int port = Ports.free();

	private final TemporaryServer server;

	/**
	 * Start Loki; without the program, the test is skipped.
	 * @param workspace where its files go
	 * @param alertmanager where its ruler sends alerts
	 * @param prometheus where its ruler writes the alerts that fire
	 */
	LokiProcess(Workspace workspace, URI alertmanager, URI prometheus) {
		program();
		Path data = workspace.folder().resolve("loki-process");
		this.server = TemporaryServer
			.start(BackendCommands.loki(scaled(workspace, "stack/loki/config.yaml", data.resolve("config.yaml")), data,
					scaled(workspace, "stack/loki/rules/fake/logs.yml", data.resolve("rules/fake/logs.yml")).getParent()
						.getParent(),
					this.port, Ports.free(), alertmanager.toString(), prometheus.resolve("/api/v1/write").toString()),
					workspace.logs());
	}

	private static Path scaled(Workspace workspace, String path, Path target) {
		try {
			Files.createDirectories(target.getParent());
			return Files.writeString(target,
					BackendConfiguration.SPEED.shortenYaml(path, Files.readString(workspace.repository().file(path))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path program() {
		Assumptions.assumeTrue(Programs.find("loki").isPresent(), "loki is not on the PATH");
		return Programs.find("loki").orElseThrow();
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
