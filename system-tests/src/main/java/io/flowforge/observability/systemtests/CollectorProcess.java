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

	private CollectorProcess(String program, Path folder, String bindAddress, String option, List<String> environment) {
		this.folder = folder;
		this.command = Stream
			.of(List.of("env", "COLLECTOR_ADDRESS=" + bindAddress, "COLLECTOR_GRPC_PORT=" + Server.freePort(),
					"COLLECTOR_HTTP_PORT=" + this.httpPort, "COLLECTOR_METRICS_PORT=" + this.metricsPort,
					"COLLECTOR_HEALTH_PORT=" + this.healthPort, "COLLECTOR_DATA=" + folder), environment,
					List.of(program, "--config=" + Repository.file("stack/otel-collector/config.yaml"),
							"--config=" + Repository.file("stack/otel-collector/" + option)))
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
		return startWith("config.yaml", folder, bindAddress, environment);
	}

	/**
	 * Start the Collector with an option, if there is one on this machine.
	 * @param option the file in {@code stack/otel-collector} that changes the
	 * configuration
	 * @param folder where it keeps its files
	 * @param bindAddress the address it listens at
	 * @param environment variables of its configuration, as {@code NAME=value}
	 * @return the collector
	 */
	static Optional<CollectorProcess> startWith(String option, Path folder, String bindAddress, String... environment) {
		return program().map((program) -> {
			try {
				return new CollectorProcess(program, Files.createDirectories(folder.resolve("otel-collector")),
						bindAddress, option, List.of(environment));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * Where the Collector is, if there is one on this machine.
	 * @return its path
	 */
	static Optional<String> program() {
		Program.Result found = Program.run(Repository.file("stack"), Map.of(), "",
				Repository.file("stack/collector").toString(), "--no-build");
		return Optional.of(found.output().strip()).filter((path) -> found.status() == 0);
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
