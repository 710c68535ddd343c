package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Backends from the PATH.
 */
final class ProcessBackends implements Backends {

	private final Path prometheus = Program.require("prometheus");

	// Debian has a name of its own for it.
	private final Path alertmanager = Program.require("prometheus-alertmanager", "alertmanager");

	private final Deque<Server> servers = new ArrayDeque<>();

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
		return start("prometheus", configuration, port,
				List.of(Repository.file("stack/prometheus-with-flags").toString(), "--config.file=prometheus.yml",
						"--storage.tsdb.path=../prometheus-data", "--web.listen-address=127.0.0.1:" + port));
	}

	private URI start(String name, Path configuration, int port, List<String> command) {
		URI address = URI.create("http://127.0.0.1:" + port);
		this.servers.push(Server.start(name, configuration, address.resolve("/-/ready"), command));
		return address;
	}

	@Override
	public void close() {
		this.servers.forEach(Server::close);
	}

}
