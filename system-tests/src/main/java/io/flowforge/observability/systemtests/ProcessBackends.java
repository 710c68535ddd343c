package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Backends from the PATH.
 */
final class ProcessBackends implements Backends {

	private final Path prometheus = Program.require("prometheus");

	// Debian has a name of its own for it.
	private final Path alertmanager = Program.require("prometheus-alertmanager", "alertmanager");

	private final Map<URI, Backend> backends = new LinkedHashMap<>();

	@Override
	public String kind() {
		return "processes (%s, %s)".formatted(this.prometheus, this.alertmanager);
	}

	@Override
	public String thisMachine() {
		return "127.0.0.1";
	}

	@Override
	public String bindAddress() {
		return "127.0.0.1";
	}

	@Override
	public URI startAlertmanager(Path configuration) {
		int port = Server.freePort();
		return start("alertmanager", configuration, port,
				List.of(this.alertmanager.toString(), "--config.file=alertmanager.yml",
						"--storage.path=../alertmanager-data", "--cluster.listen-address=",
						"--web.listen-address=127.0.0.1:" + port));
	}

	@Override
	public URI startPrometheus(Path configuration) {
		int port = Server.freePort();
		// It watches itself, too.
		Path file = configuration.resolve("prometheus.yml");
		try {
			Files.writeString(file, Files.readString(file).replace("localhost:9090", "127.0.0.1:" + port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return start("prometheus", configuration, port,
				List.of(Repository.file("stack/prometheus-with-flags").toString(), "--config.file=prometheus.yml",
						"--storage.tsdb.path=../prometheus-data", "--web.listen-address=127.0.0.1:" + port));
	}

	private URI start(String name, Path configuration, int port, List<String> command) {
		Backend backend = new Backend(name, configuration, URI.create("http://127.0.0.1:" + port), command);
		this.backends.put(backend.address, backend);
		backend.start();
		return backend.address;
	}

	@Override
	public void restart(URI backend) {
		this.backends.get(backend).restart();
	}

	@Override
	public void crash(URI backend) {
		this.backends.get(backend).server().kill();
		this.backends.get(backend).start();
	}

	@Override
	public void reload(URI backend) {
		this.backends.get(backend).server().signal("HUP");
	}

	// By way of another name: Prometheus takes a target file that is being written for an
	// empty one.
	@Override
	public void write(URI backend, String path, String text) {
		Path file = this.backends.get(backend).configuration.resolve(path);
		try {
			Path complete = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
			Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.backends.values().forEach(Backend::close);
	}

	private static final class Backend {

		private final String name;

		private final Path configuration;

		private final URI address;

		private final List<String> command;

		private int starts;

		private @Nullable Server server;

		Backend(String name, Path configuration, URI address, List<String> command) {
			this.name = name;
			this.configuration = configuration;
			this.address = address;
			this.command = command;
		}

		// Each start has a log of its own.
		void start() {
			this.starts++;
			this.server = Server.start((this.starts == 1) ? this.name : this.name + "-" + this.starts,
					this.configuration, this.address.resolve("/-/ready"), this.command);
		}

		void restart() {
			close();
			start();
		}

		Server server() {
			return Objects.requireNonNull(this.server);
		}

		void close() {
			if (this.server != null) {
				this.server.close();
			}
		}

	}

}
