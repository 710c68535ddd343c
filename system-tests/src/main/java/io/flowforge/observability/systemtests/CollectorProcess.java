package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The OpenTelemetry Collector as the stack runs it, as a process that can be killed.
 */
final class CollectorProcess implements AutoCloseable {

	private final Path folder;

	private final int httpPort = Server.freePort();

	private final int metricsPort = Server.freePort();

	private final int healthPort = Server.freePort();

	private final List<String> command;

	private Server server;

	private CollectorProcess(String program, Path folder, String bindAddress, List<String> environment) {
		this.folder = folder;
		this.command = Stream
			.of(List.of("env", "COLLECTOR_ADDRESS=" + bindAddress, "COLLECTOR_GRPC_PORT=" + Server.freePort(),
					"COLLECTOR_HTTP_PORT=" + this.httpPort, "COLLECTOR_METRICS_PORT=" + this.metricsPort,
					"COLLECTOR_HEALTH_PORT=" + this.healthPort, "COLLECTOR_DATA=" + folder), environment,
					List.of(program, "--config=" + Repository.file("stack/otel-collector/config.yaml")))
			.flatMap(List::stream)
			.toList();
		this.server = launch();
	}

	/**
	 * Start the Collector, if there is one on this machine. (One that would have to be
	 * built first is not there.)
	 * @param folder where it keeps its files
	 * @param bindAddress the address it listens at
	 * @param environment variables of its configuration, as {@code NAME=value}
	 * @return the collector
	 */
	static Optional<CollectorProcess> start(Path folder, String bindAddress, String... environment) {
		Program.Result program = Program.run(Repository.file("stack"), Map.of(), "",
				Repository.file("stack/collector").toString(), "--no-build");
		if (program.status() != 0) {
			return Optional.empty();
		}
		try {
			return Optional.of(new CollectorProcess(program.output().strip(),
					Files.createDirectories(folder.resolve("otel-collector")), bindAddress, List.of(environment)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String endpoint() {
		return "http://127.0.0.1:" + this.httpPort;
	}

	int metricsPort() {
		return this.metricsPort;
	}

	void kill() {
		this.server.kill();
	}

	void restart() {
		this.server = launch();
	}

	private Server launch() {
		return Server.start("otel-collector", this.folder,
				URI.create("http://127.0.0.1:%d/".formatted(this.healthPort)), this.command);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
