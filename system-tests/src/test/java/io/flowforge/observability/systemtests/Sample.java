package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample service from its jar, on a free port that it keeps over restarts.
 */
final class Sample implements AutoCloseable {

	private final String name;

	private final Path folder;

	private final int port = Server.freePort();

	private final List<String> arguments;

	private Server server;

	/**
	 * Start the service.
	 * @param name its name
	 * @param folder its working directory
	 * @param bindAddress the address it listens at
	 * @param arguments what else it is started with
	 */
	Sample(String name, Path folder, String bindAddress, String... arguments) {
		this.name = name;
		this.folder = folder;
		this.arguments = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx192m", "-XX:TieredStopAtLevel=1", "-jar",
				Repository.file("samples/%s/target/%s.jar".formatted(name, name)).toString(),
				"--spring.profiles.active=demo", "--server.address=" + bindAddress, "--server.port=" + this.port));
		this.arguments.addAll(List.of(arguments));
		this.server = launch();
	}

	int port() {
		return this.port;
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	void restart() {
		this.server = launch();
	}

	private Server launch() {
		return Server.start(this.name, this.folder, address().resolve("/actuator/health"), this.arguments);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
