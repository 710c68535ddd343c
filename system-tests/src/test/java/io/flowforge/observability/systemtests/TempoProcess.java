package io.flowforge.observability.systemtests;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
 * Tempo as the stack runs it.
 */
final class TempoProcess implements AutoCloseable {

	private final int port = Ports.free();

	private final int otlpPort = Ports.free();

	private final TemporaryServer server;

	/**
	 * Start Tempo; without the program, the test is skipped.
	 * @param workspace where its files go
	 * @param prometheus where it writes the metrics that it makes of spans
	 */
	TempoProcess(Workspace workspace, URI prometheus) {
		program();
		this.server = TemporaryServer
			.start(BackendCommands.tempo(workspace.repository(), workspace.folder().resolve("tempo"), this.port,
					Ports.free(), this.otlpPort, prometheus.resolve("/api/v1/write").toString()), workspace.logs());
	}

	static Path program() {
		Assumptions.assumeTrue(Programs.find("tempo").isPresent(), "tempo is not on the PATH");
		return Programs.find("tempo").orElseThrow();
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
