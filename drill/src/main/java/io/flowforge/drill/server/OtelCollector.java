package io.flowforge.drill.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.flowforge.launcher.build.Collector;
import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.TemporaryServer;
import io.flowforge.launcher.runtime.BackendCommands;

/**
 * The OpenTelemetry Collector as the stack runs it, in a process that can be killed.
 */
public final class OtelCollector implements AutoCloseable {

	private final int httpPort;

	private final int metricsPort;

	private final TemporaryServer server;

	private OtelCollector(int httpPort, int metricsPort, TemporaryServer server) {
		this.httpPort = httpPort;
		this.metricsPort = metricsPort;
		this.server = server;
	}

	/**
	 * Start the Collector if this machine has one. It is not built for that.
	 * @param workspace where
	 * @param variables variables of its configuration
	 * @return the collector
	 */
	public static Optional<OtelCollector> start(Workspace workspace, Map<String, String> variables) {
		return start(workspace, "config.yaml", variables);
	}

	/**
	 * Start the Collector with an option if this machine has one.
	 * @param workspace where
	 * @param option the file in {@code stack/otel-collector} that changes the
	 * configuration
	 * @param variables variables of its configuration
	 * @return the collector
	 */
	public static Optional<OtelCollector> start(Workspace workspace, String option, Map<String, String> variables) {
		return new Collector(workspace.repository()).find()
			.map((program) -> start(program, workspace, option, variables));
	}

	private static OtelCollector start(Path program, Workspace workspace, String option,
			Map<String, String> variables) {
		int httpPort = Ports.free();
		int metricsPort = Ports.free();
		Map<String, String> all = new TreeMap<>(variables);
		all.put("COLLECTOR_ADDRESS", workspace.bindAddress());
		all.put("COLLECTOR_GRPC_PORT", Integer.toString(Ports.free()));
		all.put("COLLECTOR_HTTP_PORT", Integer.toString(httpPort));
		all.put("COLLECTOR_METRICS_PORT", Integer.toString(metricsPort));
		return new OtelCollector(httpPort, metricsPort, workspace.start(BackendCommands.collector(program,
				workspace.repository(), workspace.folder().resolve("otel-collector"), option, Ports.free(), all)));
	}

	/**
	 * Where services send their telemetry.
	 * @return the base address of OTLP over HTTP
	 */
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.httpPort);
	}

	public int metricsPort() {
		return this.metricsPort;
	}

	public URI metrics() {
		return URI.create("http://127.0.0.1:%d/metrics".formatted(this.metricsPort));
	}

	public void kill() {
		this.server.kill();
	}

	public void restart() {
		this.server.restart();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
