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
		this(name, name, folder, bindAddress, List.of(arguments));
	}

	/**
	 * Start an instance of the service.
	 * @param jar name of the sample
	 * @param name what the instance is called in logs and errors
	 * @param folder its working directory
	 * @param bindAddress the address it listens at
	 * @param arguments what else it is started with; what begins with {@code -D} is for
	 * Java
	 */
	Sample(String jar, String name, Path folder, String bindAddress, List<String> arguments) {
		this.name = name;
		this.folder = folder;
		// Little memory, and soon up rather than fast: many run beside each other.
		this.arguments = new ArrayList<>(
				List.of(Program.java(), "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		arguments.stream().filter((argument) -> argument.startsWith("-D")).forEach(this.arguments::add);
		this.arguments
			.addAll(List.of("-jar", Repository.file("samples/%s/target/%s.jar".formatted(jar, jar)).toString(),
					"--spring.profiles.active=demo", "--server.address=" + bindAddress, "--server.port=" + this.port));
		arguments.stream().filter((argument) -> !argument.startsWith("-D")).forEach(this.arguments::add);
		this.server = launch();
	}

	int port() {
		return this.port;
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	FaultSwitch faults() {
		return new FaultSwitch(address());
	}

	void restart() {
		this.server = launch();
	}

	/**
	 * End the service without giving it time for anything.
	 */
	void kill() {
		this.server.kill();
	}

	/**
	 * Stop the service in its tracks, still there but doing nothing.
	 */
	void freeze() {
		this.server.signal("STOP");
	}

	void thaw() {
		this.server.signal("CONT");
	}

	private Server launch() {
		return Server.start(this.name, this.folder, address().resolve("/actuator/health"), this.arguments);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
