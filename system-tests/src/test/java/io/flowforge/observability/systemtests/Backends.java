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

	@Override
	void close();

	/**
	 * Choose what is there; {@code FLOWFORGE_RUNTIME} ({@code containers} or
	 * {@code processes}) chooses for {@code stack/up}, too.
	 * @return the backends
	 */
	static Backends choose() {
		String wanted = System.getenv("FLOWFORGE_RUNTIME");
		if ("containers".equals(wanted) || (wanted == null && ContainerBackends.areAvailable())) {
			return new ContainerBackends();
		}
		return new ProcessBackends();
	}

}
