package io.flowforge.drill.backend;

import java.net.URI;
import java.nio.file.Path;

import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.config.Checker;

/**
 * Runs Prometheus and Alertmanager: in containers if there is a Docker engine with the
 * images, as plain processes otherwise.
 */
public interface Backends extends AutoCloseable {

	/**
	 * What the backends are, for the log.
	 * @return such as {@code containers}
	 */
	String kind();

	/**
	 * Whether the backends run in containers.
	 * @return whether they do
	 */
	boolean areContainers();

	/**
	 * The name by which a backend reaches this machine.
	 * @return a host name
	 */
	String thisMachine();

	/**
	 * The address by which a backend reaches itself.
	 * @param port its port on this machine
	 * @return host and port
	 */
	String ownAddress(int port);

	/**
	 * The address at which a server on this machine must listen so that a backend reaches
	 * it.
	 * @return an address to bind to
	 */
	String bindAddress();

	/**
	 * What checks a configuration before a backend runs on it.
	 * @return the checker
	 */
	Checker checker();

	/**
	 * Start Alertmanager and wait until it is ready.
	 * @param configuration the folder with {@code alertmanager.yml}
	 * @param port its port on this machine
	 * @return its address on this machine
	 */
	URI startAlertmanager(Path configuration, int port);

	/**
	 * Start Prometheus and wait until it is ready.
	 * @param configuration the folder with {@code prometheus.yml} and {@code flags}
	 * @param port its port on this machine
	 * @return its address on this machine
	 */
	URI startPrometheus(Path configuration, int port);

	/**
	 * End a backend and start it again, with what it has stored, at the same address.
	 * @param backend its address
	 */
	void restart(URI backend);

	/**
	 * Kill a backend and start it again, with what it has stored, at the same address.
	 * @param backend its address
	 */
	void crash(URI backend);

	/**
	 * Have a backend load its configuration again.
	 * @param backend its address
	 */
	void reload(URI backend);

	/**
	 * Write a file of a backend's configuration.
	 * @param backend its address
	 * @param path the file, below the folder of the configuration
	 * @param text its text
	 */
	void write(URI backend, String path, String text);

	@Override
	void close();

	/**
	 * Choose the backends as for the stack: {@code FLOWFORGE_RUNTIME} decides.
	 * @param workspace where they keep their files
	 * @return the backends
	 */
	static Backends choose(Workspace workspace) {
		return usesContainers(workspace.repository()) ? new ContainerBackends(workspace.repository())
				: new ProcessBackends(workspace);
	}

	/**
	 * Whether {@link #choose} takes containers.
	 * @param repository the repository, which names the images
	 * @return whether it does
	 */
	static boolean usesContainers(Repository repository) {
		String wanted = System.getenv().getOrDefault("FLOWFORGE_RUNTIME", "");
		return switch (wanted) {
			case "containers" -> true;
			case "processes" -> false;
			case "" -> ContainerBackends.areAvailable(repository);
			default ->
				throw new StackException("FLOWFORGE_RUNTIME=%s must be containers or processes.".formatted(wanted));
		};
	}

}
