package io.flowforge.observability.systemtests;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where Prometheus and Alertmanager run: in containers where a Docker engine and the
 * images are there, as plain processes otherwise.
 */
interface Backends extends AutoCloseable {

	/**
	 * What the backends are, for the log.
	 * @return such as {@code containers}
	 */
	String kind();

	/**
	 * The name by which a backend reaches this machine.
	 * @return a host name
	 */
	String thisMachine();

	/**
	 * The address at which a server on this machine must listen to be reached by a
	 * backend.
	 * @return an address to bind to
	 */
	String bindAddress();

	/**
	 * Start Alertmanager and wait until it is ready.
	 * @param configuration the folder with {@code alertmanager.yml}
	 * @return its address on this machine
	 */
	URI startAlertmanager(Path configuration);

	/**
	 * Start Prometheus and wait until it is ready.
	 * @param configuration the folder with {@code prometheus.yml} and {@code flags}
	 * @return its address on this machine
	 */
	URI startPrometheus(Path configuration);

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
	 * @param text what is in it
	 */
	void write(URI backend, String path, String text);

	@Override
	void close();

	/**
	 * Choose what is there; {@code FLOWFORGE_RUNTIME} ({@code containers} or
	 * {@code processes}) chooses for {@code stack/up}, too.
	 * @return the backends
	 */
	static Backends choose() {
		String wanted = System.getenv().getOrDefault("FLOWFORGE_RUNTIME", "");
		if (wanted.equals("containers") || (wanted.isEmpty() && ContainerBackends.areAvailable())) {
			return new ContainerBackends();
		}
		return new ProcessBackends();
	}

}
