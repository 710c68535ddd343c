package io.flowforge.drill.backend;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.config.Checker;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.TemporaryServer;
import io.flowforge.launcher.runtime.AlertmanagerCommand;
import io.flowforge.launcher.runtime.BackendCommands;

/**
 * Backends as plain processes, started with the stack's own commands.
 */
public final class ProcessBackends implements Backends {

	private static final String LOOPBACK = "127.0.0.1";

	private final Workspace workspace;

	private final Map<URI, Backend> backends = new ConcurrentHashMap<>();

	public ProcessBackends(Workspace workspace) {
		this.workspace = workspace;
	}

	@Override
	public String kind() {
		return "processes";
	}

	@Override
	public boolean areContainers() {
		return false;
	}

	@Override
	public String thisMachine() {
		return LOOPBACK;
	}

	@Override
	public String ownAddress(int port) {
		return LOOPBACK + ":" + port;
	}

	@Override
	public String bindAddress() {
		return LOOPBACK;
	}

	@Override
	public Checker checker() {
		return Checker.ON_PATH;
	}

	@Override
	public URI startAlertmanager(Path configuration, int port) {
		return start(AlertmanagerCommand.of(configuration, "../data", port, "http://localhost:" + port, "UTC"), port);
	}

	@Override
	public URI startPrometheus(Path configuration, int port) {
		return start(BackendCommands.prometheus(this.workspace.repository(), configuration, "../data", port,
				"http://localhost:" + port), port);
	}

	private URI start(ServerCommand command, int port) {
		URI address = URI.create("http://%s:%d".formatted(LOOPBACK, port));
		this.backends.put(address, new Backend(command.folder(), this.workspace.start(command)));
		return address;
	}

	@Override
	public void restart(URI backend) {
		server(backend).close();
		server(backend).restart();
	}

	@Override
	public void crash(URI backend) {
		server(backend).kill();
		server(backend).restart();
	}

	@Override
	public void reload(URI backend) {
		server(backend).signal("HUP");
	}

	@Override
	public void write(URI backend, String path, String text) {
		DataFolder.write(this.backends.get(backend).configuration.resolve(path), text);
	}

	private TemporaryServer server(URI backend) {
		return this.backends.get(backend).server;
	}

	@Override
	public void close() {
		this.backends.values().forEach((backend) -> backend.server.close());
	}

	private record Backend(Path configuration, TemporaryServer server) {

	}

}
