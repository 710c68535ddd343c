package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.TemporaryServer;
import io.flowforge.launcher.runtime.GrafanaCommand;

/**
 * Grafana as the stack runs it, in front of what runs for a test.
 */
final class GrafanaProcess implements AutoCloseable {

	private final int port = Ports.free();

	private final TemporaryServer server;

	/**
	 * Start Grafana.
	 * @param stack what it shows
	 * @param dashboards the folder with its dashboards
	 * @throws IOException if a file cannot be written
	 */
	GrafanaProcess(DashboardStack stack, Path dashboards) throws IOException {
		Path folder = stack.workspace().folder().resolve("grafana");
		Files.createDirectories(folder.resolve("data/plugins"));
		Files.createDirectories(folder.resolve("secrets"));
		Files.writeString(folder.resolve("secrets/admin-password"), "admin-password");
		ServerCommand command = GrafanaCommand.of(stack.workspace().repository(), folder, this.port, address() + "/",
				Map.of("PROMETHEUS_URL", base(stack.prometheus()), "ALERTMANAGER_URL", base(stack.alertmanager()),
						"LOKI_URL", base(stack.loki().orElseThrow().address()), "TEMPO_URL",
						base(stack.tempo().orElseThrow().address())));
		Map<String, String> environment = new TreeMap<>(command.environment());
		environment.put("DASHBOARDS_PATH", dashboards.toString());
		this.server = TemporaryServer.start(new ServerCommand(command.name(), command.folder(), command.command(),
				environment, command.health(), command.configuration()), stack.workspace().logs());
	}

	private static String base(URI address) {
		return "http://" + address.getAuthority();
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	String log() {
		return this.server.log();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
