package io.flowforge.drill.server;

import java.net.URI;
import java.util.List;

import io.flowforge.launcher.process.Ports;
import io.flowforge.launcher.process.TemporaryServer;
import io.flowforge.launcher.runtime.SampleCommand;

/**
 * A sample service on a free port, which it keeps when it is restarted.
 */
public final class Sample implements AutoCloseable {

	private final int port;

	private final TemporaryServer server;

	private Sample(int port, TemporaryServer server) {
		this.port = port;
		this.server = server;
	}

	/**
	 * Start a sample and wait until it is healthy.
	 * @param workspace where
	 * @param sample its name
	 * @param arguments what else it is started with
	 * @return the sample
	 */
	public static Sample start(Workspace workspace, String sample, String... arguments) {
		return start(workspace, sample, sample, List.of(arguments));
	}

	/**
	 * Start an instance of a sample and wait until it is healthy.
	 * @param workspace where
	 * @param sample the sample's name
	 * @param name what the instance is called in logs and errors
	 * @param arguments what else it is started with; {@code -D…}, {@code -X…} and
	 * {@code -javaagent:…} are for Java
	 * @return the instance
	 */
	public static Sample start(Workspace workspace, String sample, String name, List<String> arguments) {
		int port = Ports.free();
		return new Sample(port, workspace.start(SampleCommand.of(name, workspace.program(sample), workspace.folder(),
				workspace.bindAddress(), port, arguments)));
	}

	/**
	 * The same sample, for those who reach it through a relay.
	 * @param relay the relay
	 * @return the sample at the relay's port
	 */
	public Sample behind(Relay relay) {
		return new Sample(relay.port(), this.server);
	}

	public int port() {
		return this.port;
	}

	public URI address() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	public FaultSwitch faults() {
		return new FaultSwitch(address());
	}

	/**
	 * End the service without giving it time for anything.
	 */
	public void kill() {
		this.server.kill();
	}

	/**
	 * Stop the process for the time being. It stays there and does nothing.
	 */
	public void freeze() {
		this.server.signal("STOP");
	}

	public void thaw() {
		this.server.signal("CONT");
	}

	@Override
	public void close() {
		this.server.close();
	}

}
