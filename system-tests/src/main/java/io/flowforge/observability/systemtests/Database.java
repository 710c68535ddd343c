package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/**
 * The database of inventory-service, as a process that can be killed: H2 from the
 * service's own jar.
 */
final class Database implements AutoCloseable {

	private final Path folder;

	private final int port = Server.freePort();

	private Server server;

	/**
	 * Start the database.
	 * @param folder where it keeps its files
	 */
	Database(Path folder) {
		this.folder = folder;
		this.server = launch();
	}

	String url() {
		return "jdbc:h2:tcp://127.0.0.1:%d/./inventory".formatted(this.port);
	}

	void kill() {
		this.server.kill();
	}

	void restart() {
		this.server = launch();
	}

	private Server launch() {
		return Server.start("database", this.folder, this::accepts,
				List.of(Program.java(), "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
						"-Dh2.bindAddress=127.0.0.1", "-Dloader.main=org.h2.tools.Server", "-cp",
						Repository.file("samples/inventory-service/target/inventory-service.jar").toString(),
						"org.springframework.boot.loader.launch.PropertiesLauncher", "-tcp", "-tcpPort",
						String.valueOf(this.port), "-baseDir", this.folder.resolve("database").toString(),
						"-ifNotExists"));
	}

	private boolean accepts() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

}
