package io.flowforge.drill.server;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.Programs;
import io.flowforge.launcher.process.ServerCommand;
import io.flowforge.launcher.process.TemporaryServer;

/**
 * The database of inventory-service in a process of its own, which can be killed: H2 from
 * the service's jar.
 */
public final class Database implements AutoCloseable {

	private final int port;

	private final TemporaryServer server;

	private Database(int port, TemporaryServer server) {
		this.port = port;
		this.server = server;
	}

	/**
	 * Start the database and wait until it accepts connections.
	 * @param workspace where
	 * @return the database
	 */
	public static Database start(Workspace workspace) {
		int port = Ports.free();
		ServerCommand command = new ServerCommand("database", workspace.folder(), List.of(Programs.java(), "-Xmx64m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dh2.bindAddress=127.0.0.1",
				"-Dloader.main=org.h2.tools.Server", "-cp", workspace.jars().apply("inventory-service").toString(),
				"org.springframework.boot.loader.launch.PropertiesLauncher", "-tcp", "-tcpPort", String.valueOf(port),
				"-baseDir", workspace.folder().resolve("database").toString(), "-ifNotExists"), Map.of(),
				URI.create("tcp://127.0.0.1:" + port), List.of());
		return new Database(port, workspace.start(command, () -> Ports.isTaken(port)));
	}

	public String url() {
		return "jdbc:h2:tcp://127.0.0.1:%d/./inventory".formatted(this.port);
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
